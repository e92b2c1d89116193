package dev.portcullis.policy.remedy;

import java.util.List;
import java.util.Map;

/** Applies JSON Patch documents, and refuses whatever RFC 6902 refuses. */
final class JsonPatch {
  private JsonPatch() {}

  /** {@return the document, which is changed in place, after the patch} */
  static Object apply(Object document, String patch) {
    for (Object operation : list(JsonTree.read(patch))) {
      Map<String, Object> members = map(operation);
      String pointer = (String) members.get("path");
      require(pointer.startsWith("/"), "no pointer: " + pointer);
      String[] steps = pointer.substring(1).split("/", -1);
      for (int i = 0; i < steps.length; i++) {
        steps[i] = steps[i].replace("~1", "/").replace("~0", "~");
      }
      apply(document, members, steps);
    }
    return document;
  }

  private static void apply(Object document, Map<String, Object> operation, String[] steps) {
    Object parent = document;
    for (int i = 0; i + 1 < steps.length; i++) {
      parent = child(parent, steps[i], operation);
    }
    String last = steps[steps.length - 1];
    String op = (String) operation.get("op");
    require(op.equals("remove") != operation.containsKey("value"), "value of " + operation);
    if (parent instanceof List<?>) {
      List<Object> list = list(parent);
      switch (op) {
        case "add" ->
            list.add(
                last.equals("-") ? list.size() : index(last, list.size() + 1),
                operation.get("value"));
        case "replace" -> list.set(index(last, list.size()), operation.get("value"));
        case "remove" -> list.remove(index(last, list.size()));
        default -> throw new AssertionError(op);
      }
      return;
    }
    Map<String, Object> map = map(parent);
    require(op.equals("add") || map.containsKey(last), "nothing at the target of " + operation);
    switch (op) {
      case "add", "replace" -> map.put(last, operation.get("value"));
      case "remove" -> map.remove(last);
      default -> throw new AssertionError(op);
    }
  }

  private static Object child(Object parent, String step, Object operation) {
    if (parent instanceof List<?> list) {
      return list.get(index(step, list.size()));
    }
    require(
        parent instanceof Map<?, ?> map && map.containsKey(step),
        "no " + step + " for " + operation);
    return ((Map<?, ?>) parent).get(step);
  }

  private static int index(String step, int size) {
    require(
        step.matches("0|[1-9][0-9]*") && Integer.parseInt(step) < size,
        "no element " + step + " of " + size);
    return Integer.parseInt(step);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new AssertionError(message);
    }
  }

  @SuppressWarnings("unchecked") // JsonTree makes no other maps.
  static Map<String, Object> map(Object tree) {
    return (Map<String, Object>) tree;
  }

  @SuppressWarnings("unchecked") // JsonTree makes no other lists.
  static List<Object> list(Object tree) {
    return (List<Object>) tree;
  }
}
