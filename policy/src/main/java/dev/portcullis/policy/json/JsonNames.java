package dev.portcullis.policy.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The member names that a decoder knows at one place, numbered from 0 in the order given. */
public final class JsonNames {
  private final List<String> names;
  private final byte[][] bytes;
  private final long[] prefixes;
  private final int[] slots;
  private final int mask;

  private JsonNames(List<String> names, Set<String> hidden) {
    this.names = names;
    this.bytes = new byte[names.size()][];
    this.prefixes = new long[names.size()];
    int size = Integer.highestOneBit(Math.max(4, names.size() * 4) - 1) * 2;
    this.mask = size - 1;
    this.slots = new int[size];
    Arrays.fill(slots, -1);
    for (int i = 0; i < names.size(); i++) {
      byte[] name = names.get(i).getBytes(StandardCharsets.UTF_8);
      bytes[i] = name;
      prefixes[i] = prefix(name, 0, name.length);
      if (hidden.contains(names.get(i))) {
        continue;
      }
      int slot = slot(prefixes[i], name.length);
      while (slots[slot] >= 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = i;
    }
  }

  /** {@return the names, in their order}; a name given twice is a programmer's error. */
  public static JsonNames of(String... names) {
    var list = List.of(names);
    if (new HashSet<>(list).size() != list.size()) {
      throw new IllegalArgumentException("a name is given twice: " + list);
    }
    return new JsonNames(list, Set.of());
  }

  /** {@return the same names and numbers, without finding these; each must be one of them} */
  public JsonNames without(String... hidden) {
    if (!names.containsAll(List.of(hidden))) {
      throw new IllegalArgumentException(List.of(hidden) + " are not all among " + names);
    }
    return new JsonNames(names, Set.of(hidden));
  }

  /** {@return the name with this number} */
  public String name(int number) {
    return names.get(number);
  }

  /** {@return the number of the name, or -1} */
  int indexOf(String name) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    return find(text, 0, text.length);
  }

  /** {@return the number of the name in {@code buffer[start, end)}, or -1} */
  int find(byte[] buffer, int start, int end) {
    int length = end - start;
    long prefix = prefix(buffer, start, end);
    int slot = slot(prefix, length);
    int candidate;
    while ((candidate = slots[slot]) >= 0) {
      byte[] name = bytes[candidate];
      if (prefixes[candidate] == prefix
          && name.length == length
          && (length <= 8 || Arrays.equals(name, 8, length, buffer, start + 8, end))) {
        return candidate;
      }
      slot = (slot + 1) & mask;
    }
    return -1;
  }

  private int slot(long prefix, int length) {
    long h = (prefix + length) * 0x9E3779B97F4A7C15L;
    return (int) (h >>> 40) & mask;
  }

  /**
   * {@return the first eight bytes of a name as a little-endian number, zeros behind a shorter one}
   */
  private static long prefix(byte[] buffer, int start, int end) {
    int length = end - start;
    if (start + 8 <= buffer.length) {
      long word = JsonScan.word(buffer, start);
      return length >= 8 ? word : word & ((1L << (length * 8)) - 1);
    }
    long word = 0;
    for (int i = Math.min(length, 8) - 1; i >= 0; i--) {
      word = (word << 8) | (buffer[start + i] & 0xFF);
    }
    return word;
  }
}
