package dev.portcullis.manifests;

import dev.portcullis.manifests.yaml.Entry;
import dev.portcullis.manifests.yaml.Mapping;
import dev.portcullis.manifests.yaml.Node;
import dev.portcullis.manifests.yaml.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where an object keeps the template of its pods.
 *
 * @param text keys separated by dots; {@code [*]} after a key stands for every item of a list,
 *     {@code {*}} for every value of a map; the empty string for the object itself
 * @param shape what stands there
 * @param fidelity how much of the pod it tells
 */
public record PodPath(String text, Shape shape, Fidelity fidelity) {
  private static final Pattern TEXT =
      Pattern.compile("(|[A-Za-z0-9_-]+(\\[\\*]|\\{\\*})*(\\.[A-Za-z0-9_-]+(\\[\\*]|\\{\\*})*)*)");
  private static final String ITEMS = "[*]";
  private static final String VALUES = "{*}";

  /** What stands at a path. */
  public enum Shape {
    /** {@code metadata} and {@code spec} of a pod. */
    TEMPLATE,
    /** The {@code spec} of a pod alone. */
    SPEC
  }

  /** How much a template tells of the pod that is made from it. */
  public enum Fidelity {
    /** The pod is what the template says. */
    EXACT,
    /** The controller adds containers, ports or volumes: what violates does so, and more may. */
    EXTENDED,
    /** The operator fills in what is missing: only what is stated can be judged. */
    COMPLETED
  }

  /**
   * A place that a path leads to in one object.
   *
   * @param path the path with numbers and keys in place of the stars
   * @param node what stands there
   */
  record Found(String path, Node node) {}

  /** Refuses text that is no path. */
  public PodPath {
    if (!TEXT.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no path, write spec.template, spec.tasks[*].template or a.b{*}.c");
    }
  }

  /** {@return a template that is the whole truth about its pods} */
  public static PodPath exact(String text) {
    return new PodPath(text, Shape.TEMPLATE, Fidelity.EXACT);
  }

  /** {@return the keys of a path without stars} */
  public List<String> keys() {
    return text.isEmpty() ? List.of() : List.of(text.split("\\.", -1));
  }

  /** {@return whether it leads to one place at most} */
  public boolean single() {
    return !text.contains(ITEMS) && !text.contains(VALUES);
  }

  /** {@return the places in this object, in the order of the text; null values are left out} */
  List<Found> find(Mapping root) {
    var found = List.of(new Found("", root));
    for (String key : keys()) {
      found = step(found, key);
    }
    return found;
  }

  private static List<Found> step(List<Found> from, String key) {
    int end = key.length();
    while (key.startsWith(ITEMS, end - 3) || key.startsWith(VALUES, end - 3)) {
      end -= 3;
    }
    String name = key.substring(0, end);
    var next = new ArrayList<Found>();
    for (Found here : from) {
      Node value = here.node().resolved() instanceof Mapping mapping ? mapping.get(name) : null;
      if (value != null) {
        next.add(new Found(below(here.path(), name), value));
      }
    }
    for (; end < key.length(); end += 3) {
      next = key.startsWith(ITEMS, end) ? items(next) : values(next);
    }
    return next;
  }

  private static ArrayList<Found> items(List<Found> from) {
    var next = new ArrayList<Found>();
    for (Found here : from) {
      if (here.node().resolved() instanceof Sequence list) {
        for (int i = 0; i < list.items().size(); i++) {
          next.add(new Found(here.path() + "[" + i + "]", list.items().get(i)));
        }
      }
    }
    return next;
  }

  private static ArrayList<Found> values(List<Found> from) {
    var next = new ArrayList<Found>();
    for (Found here : from) {
      if (here.node().resolved() instanceof Mapping map) {
        for (Entry entry : map.flattened()) {
          next.add(new Found(below(here.path(), entry.name()), entry.value()));
        }
      }
    }
    return next;
  }

  private static String below(String path, String name) {
    boolean plain = name.indexOf('.') < 0 && name.indexOf('[') < 0 && !name.isEmpty();
    if (!plain) {
      return path + "[\"" + name + "\"]";
    }
    return path.isEmpty() ? name : path + "." + name;
  }
}
