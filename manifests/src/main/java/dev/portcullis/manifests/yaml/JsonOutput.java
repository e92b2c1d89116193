package dev.portcullis.manifests.yaml;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing buffer of JSON text with the escapes of Go's {@code encoding/json}. */
final class JsonOutput {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final int max;
  private byte[] bytes = new byte[512];
  private int size;

  JsonOutput(int max) {
    this.max = max;
  }

  /** More was to be written than fits. */
  static final class FullException extends RuntimeException {
    private static final long serialVersionUID = 1;

    FullException() {
      super(null, null, false, false);
    }
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  void ascii(char c) {
    reserve(1);
    bytes[size++] = (byte) c;
  }

  @SuppressWarnings(
      "deprecation") // The one copy from a string of known ASCII that needs no intermediate array.
  void ascii(String text) {
    reserve(text.length());
    text.getBytes(0, text.length(), bytes, size);
    size += text.length();
  }

  void string(String text) {
    reserve(text.length() + 2);
    bytes[size++] = '"';
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        // Room for this one escaped and the rest unchanged.
        reserve(text.length() - i + 6);
        asciiInString(c);
      } else {
        int codePoint = text.codePointAt(i);
        i += Character.charCount(codePoint) - 1;
        reserve(text.length() - i + 7);
        beyondAscii(codePoint);
      }
    }
    ascii('"');
  }

  private void asciiInString(char c) {
    if (c >= 0x20 && c != '"' && c != '\\' && c != '<' && c != '>' && c != '&') {
      bytes[size++] = (byte) c;
      return;
    }
    char letter =
        switch (c) {
          case '"', '\\' -> c;
          case '\n' -> 'n';
          case '\r' -> 'r';
          case '\t' -> 't';
          case '\b' -> 'b';
          case '\f' -> 'f';
          default -> 0;
        };
    if (letter == 0) {
      unicodeEscape(c);
    } else {
      bytes[size++] = '\\';
      bytes[size++] = (byte) letter;
    }
  }

  private void unicodeEscape(int c) {
    bytes[size++] = '\\';
    bytes[size++] = 'u';
    for (int shift = 12; shift >= 0; shift -= 4) {
      bytes[size++] = HEX[(c >> shift) & 0xF];
    }
  }

  private void beyondAscii(int c) {
    if (c == 0x2028 || c == 0x2029) {
      unicodeEscape(c);
    } else if (c < 0x800) {
      bytes[size++] = (byte) (0xC0 | (c >> 6));
      continuation(c);
    } else if (c < 0x10000) {
      int valid = Character.isSurrogate((char) c) ? 0xFFFD : c;
      bytes[size++] = (byte) (0xE0 | (valid >> 12));
      continuation(valid >> 6);
      continuation(valid);
    } else {
      bytes[size++] = (byte) (0xF0 | (c >> 18));
      continuation(c >> 12);
      continuation(c >> 6);
      continuation(c);
    }
  }

  private void continuation(int bits) {
    bytes[size++] = (byte) (0x80 | (bits & 0x3F));
  }

  private void reserve(int more) {
    if (more > max - size) {
      throw new FullException();
    }
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.clamp(2L * bytes.length, size + more, max));
    }
  }
}
