package dev.portcullis.advice.export;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What pods look like to a policy: the API server has decoded them into its types and writes those
 * out again.
 */
final class StoredPods {
  /** Fields of types that are not pointers and that are written even where they are empty. */
  private static final Set<String> NAMED =
      Set.of("containers", "initContainers", "ephemeralContainers", "volumes", "sysctls");

  private static final Set<String> TEXTS = Set.of("add", "drop");

  private StoredPods() {}

  static Map<String, Object> of(Map<String, ?> pod) {
    var stored = object("", pod);
    stored.putIfAbsent("spec", new HashMap<String, Object>());
    return stored;
  }

  private static Object value(String name, Object value) {
    return switch (value) {
      case Map<?, ?> map -> object(name, map);
      case List<?> list -> list(name, list);
      default -> value;
    };
  }

  private static Map<String, Object> object(String name, Map<?, ?> map) {
    var stored = new HashMap<String, Object>();
    map.forEach((key, member) -> {
      if (member != null) {
        stored.put((String) key, value((String) key, member));
      } else if (name.equals("annotations")) {
        stored.put((String) key, "");
      }
    });
    return stored;
  }

  private static List<Object> list(String name, List<? extends @Nullable Object> list) {
    var stored = new ArrayList<Object>();
    for (Object element : list) {
      if (element == null) {
        element = TEXTS.contains(name) ? "" : Map.of();
      }
      Object kept = value("", element);
      if (NAMED.contains(name) && kept instanceof Map<?, ?> map) {
        @SuppressWarnings("unchecked")
        var named = (Map<String, Object>) map;
        named.putIfAbsent("name", "");
      }
      stored.add(kept);
    }
    return stored;
  }
}
