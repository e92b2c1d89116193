package dev.portcullis.advice.export;

import java.util.LinkedHashMap;
import java.util.Map;

/** Objects of the API as maps, lists and scalars, members in order. */
final class Tree {
  private Tree() {}

  static <V> Map<String, V> of(String key, V value) {
    var map = new LinkedHashMap<String, V>();
    map.put(key, value);
    return map;
  }

  static <V> Map<String, V> of(String key, V value, String key2, V value2) {
    Map<String, V> map = of(key, value);
    map.put(key2, value2);
    return map;
  }

  static <V> Map<String, V> of(String key, V value, String key2, V value2, String key3, V value3) {
    Map<String, V> map = of(key, value, key2, value2);
    map.put(key3, value3);
    return map;
  }
}
