package dev.portcullis.policy.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Documents of all shapes, and what is left of them after an accident. */
final class RandomJson {
  private static final String[] STRINGS = {
    "",
    "a",
    "name",
    "containers",
    "twelve bytes",
    "a somewhat longer text of plain ASCII",
    "\\n",
    "\\\"",
    "\\\\",
    "\\/",
    "\\u0041",
    "\\u00e9",
    "\\ud83d\\ude00",
    "\\ud83d",
    "\\ude00x",
    "\\u0000",
    "\\b\\f\\r\\t",
    "é",
    "日本",
    "😀",
    "\u007f",
    "\u2028",
    "x\\\\",
    "1234567\\\"",
    "12345678",
  };
  private static final String[] NUMBERS = {
    "0",
    "-0",
    "1",
    "-1",
    "12",
    "3.25",
    "-0.5",
    "1e9",
    "1E+2",
    "2e-3",
    "1.5e10",
    "9223372036854775807",
    "-9223372036854775808",
    "123456789012345678901234567890",
  };
  private static final String[] BLANKS = {"", "", "", "", " ", "\n", "\t\r ", "         "};
  private static final String[] ACCIDENTS = {
    "\"", "\\", "{", "}", "[", "]", ",", ":", "0", "-", ".", "e", "+", "t", "null", "true", "\\u12",
    "\u0000", "\u001f", " ", "'", "//", "\ufeff",
  };

  private final RandomGenerator random;
  private final StringBuilder out = new StringBuilder();

  private RandomJson(RandomGenerator random) {
    this.random = random;
  }

  /** {@return a document, now and then a broken one} */
  static byte[] document(RandomGenerator random) {
    var json = new RandomJson(random);
    json.value(random.nextInt(6));
    byte[] bytes = json.out.toString().getBytes(StandardCharsets.UTF_8);
    for (int accidents = random.nextInt(3); accidents > 0; accidents--) {
      bytes = accident(random, bytes);
    }
    return bytes;
  }

  private static byte[] accident(RandomGenerator random, byte[] bytes) {
    if (bytes.length == 0) {
      return bytes;
    }
    int at = random.nextInt(bytes.length);
    byte[] changed = bytes.clone();
    switch (random.nextInt(5)) {
      case 0 -> changed[at] = (byte) random.nextInt(256);
      case 1 -> changed[at] ^= (byte) (1 << random.nextInt(8));
      case 2 -> changed = Arrays.copyOf(bytes, at);
      case 3 -> {
        changed = Arrays.copyOf(bytes, bytes.length - 1);
        System.arraycopy(bytes, at + 1, changed, at, bytes.length - at - 1);
      }
      default -> {
        byte[] more = pick(random, ACCIDENTS).getBytes(StandardCharsets.UTF_8);
        changed = Arrays.copyOf(bytes, bytes.length + more.length);
        System.arraycopy(more, 0, changed, at, more.length);
        System.arraycopy(bytes, at, changed, at + more.length, bytes.length - at);
      }
    }
    return changed;
  }

  private void value(int depth) {
    blank();
    switch (random.nextInt(depth > 0 ? 9 : 5)) {
      case 0 -> string();
      case 1 -> out.append(pick(random, NUMBERS));
      case 2 -> out.append(random.nextBoolean());
      case 3 -> out.append("null");
      case 4 -> string();
      case 5, 6 -> array(depth);
      default -> object(depth);
    }
    blank();
  }

  private void array(int depth) {
    out.append('[');
    for (int i = random.nextInt(4); i > 0; i--) {
      value(depth - 1);
      out.append(i > 1 ? "," : "");
    }
    blank();
    out.append(']');
  }

  private void object(int depth) {
    out.append('{');
    for (int i = random.nextInt(5); i > 0; i--) {
      blank();
      string();
      blank();
      out.append(':');
      value(depth - 1);
      out.append(i > 1 ? "," : "");
    }
    blank();
    out.append('}');
  }

  private void string() {
    out.append('"');
    for (int i = random.nextInt(3); i > 0; i--) {
      out.append(pick(random, STRINGS));
    }
    out.append('"');
  }

  private void blank() {
    out.append(pick(random, BLANKS));
  }

  private static String pick(RandomGenerator random, String[] texts) {
    return texts[random.nextInt(texts.length)];
  }
}
