package dev.portcullis.advice.export;

import dev.portcullis.policy.json.JsonException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The policies and bindings of a cluster that Portcullis once exported, and what has become of
 * them.
 */
public final class ExportedSet {
  /** What is wrong with an object. */
  public enum State {
    /** It was exported with the others and is not there, or not there as ours. */
    MISSING,
    /** It is not as it was exported. */
    EDITED,
    /** It was made for another Kubernetes version, by another Portcullis or from other options. */
    STALE,
    /** It is there, and an export would not make it now. */
    LEFT_OVER
  }

  /**
   * Something to do about one object.
   *
   * @param object kind and name
   * @param state what is wrong
   * @param detail a sentence without a final period; may hold text of the cluster
   */
  public record Finding(String object, State state, String detail) {}

  private record Stored(Map<?, ?> annotations, Map<?, ?> spec) {
    String annotation(String key) {
      return annotations.get(key) instanceof String text ? text : "";
    }
  }

  private final Map<String, Stored> objects = new LinkedHashMap<>();

  /** Starts with nothing. */
  public ExportedSet() {}

  /**
   * Takes an object of the cluster; one that was not exported is left aside.
   *
   * @param policy whether it is a policy or a binding: lists do not say the kind of their items
   */
  public void add(boolean policy, byte[] json) throws JsonException {
    Map<String, @Nullable Object> tree = TreeReader.object(json);
    if (tree.get("metadata") instanceof Map<?, ?> metadata
        && metadata.get("annotations") instanceof Map<?, ?> annotations
        && annotations.containsKey(ValidatingPolicies.DIGEST)
        && tree.get("spec") instanceof Map<?, ?> spec) {
      objects.put(
          key(
              policy ? ExportedObject.POLICY : ExportedObject.BINDING,
              String.valueOf(metadata.get("name"))),
          new Stored(annotations, spec));
    }
  }

  /** {@return whether there is none at all} */
  public boolean isEmpty() {
    return objects.isEmpty();
  }

  /** {@return how many there are} */
  public int size() {
    return objects.size();
  }

  /**
   * {@return what is wrong, by the objects' own annotations}
   *
   * @param kubernetes the minor of the API server
   * @param newest the newest minor at which a check differs: a newer server needs no new export
   * @param exporter this version of Portcullis
   */
  public List<Finding> findings(int kubernetes, int newest, String exporter) {
    var findings = new ArrayList<Finding>();
    var expected = new TreeSet<String>();
    objects.values().stream()
        .flatMap(stored ->
            List.of(stored.annotation(ValidatingPolicies.EXPORTED_TOGETHER).split(",", -1))
                .stream())
        .filter(name -> !name.isEmpty())
        .forEach(name -> {
          expected.add(key(ExportedObject.POLICY, name));
          expected.add(key(ExportedObject.BINDING, name));
        });
    for (String object : expected) {
      if (!objects.containsKey(object)) {
        findings.add(
            new Finding(object, State.MISSING, "it was exported with the others and is not there"));
      }
    }
    objects.forEach((object, stored) -> {
      if (edited(stored)) {
        findings.add(new Finding(object, State.EDITED, "it is not as it was exported"));
      }
      stale(object, stored, kubernetes, newest, exporter, findings);
    });
    return findings;
  }

  /**
   * {@return what is wrong beside the objects that an export makes now}
   *
   * @param now what these options make
   */
  public List<Finding> findings(ValidatingPolicies now) {
    var findings = new ArrayList<Finding>();
    var expected = new TreeSet<String>();
    for (Map<String, Object> object : now.objects()) {
      String key = key(String.valueOf(object.get("kind")), ValidatingPolicies.name(object));
      expected.add(key);
      Stored stored = objects.get(key);
      String digest = Digest.of((Map<?, ?>) object.getOrDefault("spec", Map.of()));
      if (stored == null) {
        findings.add(new Finding(key, State.MISSING, "these options make it"));
      } else if (edited(stored)) {
        findings.add(new Finding(key, State.EDITED, "it is not as it was exported"));
      } else if (!stored.annotation(ValidatingPolicies.DIGEST).equals(digest)) {
        findings.add(
            new Finding(
                key,
                State.STALE,
                "it was made for "
                    + stored.annotation(ValidatingPolicies.KUBERNETES)
                    + " by "
                    + stored.annotation(ValidatingPolicies.EXPORTER)
                    + "; these options make another one"));
      }
    }
    for (String object : objects.keySet()) {
      if (!expected.contains(object)) {
        findings.add(new Finding(object, State.LEFT_OVER, "these options do not make it"));
      }
    }
    return findings;
  }

  private static boolean edited(Stored stored) {
    return !stored.annotation(ValidatingPolicies.DIGEST).equals(Digest.of(stored.spec()));
  }

  private static void stale(
      String object,
      Stored stored,
      int kubernetes,
      int newest,
      String exporter,
      List<Finding> findings) {
    String madeFor = stored.annotation(ValidatingPolicies.KUBERNETES);
    int minor = minor(madeFor);
    if (minor < 0 || Math.min(minor, newest) != Math.min(kubernetes, newest)) {
      findings.add(
          new Finding(
              object,
              State.STALE,
              "it was made for " + madeFor + ", and the API server is v1." + kubernetes));
    }
    String madeBy = stored.annotation(ValidatingPolicies.EXPORTER);
    if (!madeBy.equals(exporter)) {
      findings.add(
          new Finding(
              object, State.STALE, "Portcullis " + madeBy + " made it, this is " + exporter));
    }
  }

  private static int minor(String version) {
    try {
      return version.startsWith("v1.") ? Integer.parseInt(version.substring(3)) : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static String key(String kind, String name) {
    return kind + " " + name;
  }
}
