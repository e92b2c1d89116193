package dev.portcullis.conformance.compare;

import dev.portcullis.admission.Admission;
import dev.portcullis.admission.Deadline;
import dev.portcullis.admission.Lookup;
import dev.portcullis.admission.NamespaceGetter;
import dev.portcullis.admission.PodLister;
import dev.portcullis.admission.Recorder;
import dev.portcullis.admission.config.ConfigurationException;
import dev.portcullis.admission.config.ConfigurationLoader;
import dev.portcullis.conformance.json.GoJson;
import dev.portcullis.conformance.json.Json;
import dev.portcullis.conformance.json.Json.Arr;
import dev.portcullis.conformance.json.Json.Member;
import dev.portcullis.conformance.json.Json.Obj;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.GoText;
import dev.portcullis.policy.json.JsonException;
import dev.portcullis.policy.json.JsonLimits;
import dev.portcullis.policy.json.JsonSlice;
import dev.portcullis.policy.pod.PodDecoder;
import dev.portcullis.policy.pod.PodView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The cluster of a set-up line, behind our ports.
 *
 * @param admission decides on requests to it
 */
record Cluster(Admission admission) {
  static Cluster of(Obj setup, Evaluator evaluator) {
    Json given = setup.get("config");
    byte[] config = given == null ? new byte[0] : bytes(given);
    Map<String, Lookup> namespaces = new HashMap<>();
    for (Json namespace : items(setup.get("namespaces"))) {
      namespaces.put(text(namespace, "metadata", "name"), Lookup.found(labels(namespace)));
    }
    List<PodView> pods = new ArrayList<>();
    for (Json pod : items(setup.get("pods"))) {
      pods.add(decode(pod));
    }
    try {
      var configuration = ConfigurationLoader.load(config);
      return new Cluster(
          new Admission(evaluator, configuration, getter(namespaces), lister(pods), Recorder.NONE));
    } catch (ConfigurationException e) {
      throw new IllegalArgumentException("a set-up needs a good configuration: " + e.message(), e);
    }
  }

  private static NamespaceGetter getter(Map<String, Lookup> namespaces) {
    return new NamespaceGetter() {
      @Override
      public Lookup get(String name, Deadline deadline) {
        Lookup known = namespaces.get(name);
        return known == null
            ? Lookup.failed("namespaces " + GoText.quote(name) + " not found")
            : known;
      }

      @Override
      public boolean answersAtOnce(String name) {
        return true;
      }
    };
  }

  private static PodLister lister(List<PodView> pods) {
    return (namespace, deadline, page) ->
        page.accept(
            pods.stream()
                .filter(pod -> namespace.isEmpty() || pod.namespace().equals(namespace))
                .toList(),
            0);
  }

  private static PodView decode(Json pod) {
    try {
      return PodDecoder.decode(JsonSlice.of(bytes(pod)), JsonLimits.STANDARD);
    } catch (JsonException e) {
      throw new IllegalArgumentException("a set-up needs good pods: " + e.getMessage(), e);
    }
  }

  private static Map<String, String> labels(Json namespace) {
    Map<String, String> labels = new HashMap<>();
    if (at(namespace, "metadata") instanceof Obj metadata
        && metadata.get("labels") instanceof Obj given) {
      for (Member member : given.members()) {
        String value = Json.string(member.value());
        labels.put(member.name(), value == null ? "" : value);
      }
    }
    return labels;
  }

  private static String text(Json value, String first, String second) {
    String text = at(value, first) instanceof Obj inner ? Json.string(inner.get(second)) : null;
    return text == null ? "" : text;
  }

  private static @Nullable Json at(Json value, String name) {
    return value instanceof Obj object ? object.get(name) : null;
  }

  private static List<Json> items(@Nullable Json array) {
    return array instanceof Arr given ? given.items() : List.of();
  }

  private static byte[] bytes(Json value) {
    return GoJson.print(value).getBytes(StandardCharsets.UTF_8);
  }
}
