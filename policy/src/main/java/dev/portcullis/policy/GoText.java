package dev.portcullis.policy;

import java.util.Comparator;
import java.util.List;

/** Text as the Go reference writes and sorts it. */
public final class GoText {
  /**
   * Orders strings by their UTF-8 bytes, as Go does; Java's own order differs beyond the basic
   * plane.
   */
  public static final Comparator<String> BYTE_ORDER = GoText::compareBytes;

  private GoText() {}

  /**
   * {@return {@code text} in double quotes with Go's escapes}, as {@code fmt}'s {@code %q} prints
   * it.
   */
  public static String quote(String text) {
    var out = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); ) {
      int rune = text.codePointAt(i);
      i += Character.charCount(rune);
      appendQuotedRune(out, rune);
    }
    return out.append('"').toString();
  }

  private static void appendQuotedRune(StringBuilder out, int rune) {
    switch (rune) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case 0x07 -> out.append("\\a");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case 0x0B -> out.append("\\v");
      default -> {
        if (GoPrintable.contains(rune)) {
          out.appendCodePoint(rune);
        } else if (rune < ' ' || rune == 0x7F) {
          appendHex(out.append("\\x"), rune, 2);
        } else if (rune <= 0xFFFF) {
          appendHex(out.append("\\u"), rune, 4);
        } else {
          appendHex(out.append("\\U"), rune, 8);
        }
      }
    }
  }

  private static void appendHex(StringBuilder out, int rune, int digits) {
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
      out.append(Character.forDigit(rune >> shift & 15, 16));
    }
  }

  /**
   * {@return the items, each between plain double quotes and without any escape, joined by a comma
   * and a blank}
   */
  public static String joinQuoted(List<String> items) {
    if (items.isEmpty()) {
      return "";
    }
    int length = 0;
    for (String item : items) {
      length += item.length() + 4;
    }
    var out = new StringBuilder(length);
    for (int i = 0; i < items.size(); i++) {
      out.append(i == 0 ? "\"" : ", \"").append(items.get(i)).append('"');
    }
    return out.toString();
  }

  private static int compareBytes(String a, String b) {
    int common = Math.min(a.length(), b.length());
    for (int i = 0; i < common; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        // Code points above the basic plane are surrogates in UTF-16, yet sort behind U+E000-U+FFFF
        // in UTF-8.
        boolean high = Character.isSurrogate(x);
        return high == Character.isSurrogate(y) ? x - y : high ? 1 : -1;
      }
    }
    return a.length() - b.length();
  }
}
