package dev.portcullis.testing;

import java.util.List;
import java.util.SplittableRandom;

/** Inputs for properties. */
public final class Generate {
  /** Where encodings and escapes change: ends of UTF-8 lengths, surrogates, line separators. */
  private static final int[] EDGES = {
    0, 1, '\t', '\n', '\r', '"', '\\', '/', '<', 0x7f, 0x80, 0x85, 0x7ff, 0x800, 0x2028, 0x2029,
    0xd7ff, 0xd800, 0xdbff, 0xdc00, 0xdfff, 0xe000, 0xfeff, 0xfffd, 0xffff, 0x10000, 0x1f600,
    0x10ffff
  };

  private Generate() {}

  /** One of the choices. */
  @SafeVarargs
  public static <T> T oneOf(SplittableRandom random, T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** One of the choices. */
  public static <T> T oneOf(SplittableRandom random, List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** Up to {@code max} bytes of any value. */
  public static byte[] bytes(SplittableRandom random, int max) {
    var bytes = new byte[length(random, max)];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Up to {@code max} code points of any kind, unpaired surrogates among them. */
  public static String text(SplittableRandom random, int max) {
    var text = new StringBuilder();
    for (int left = length(random, max); left > 0; left--) {
      text.appendCodePoint(codePoint(random));
    }
    return text.toString();
  }

  /** Up to {@code max} of the pieces, joined. */
  public static String joined(SplittableRandom random, int max, List<String> pieces) {
    var text = new StringBuilder();
    for (int left = length(random, max); left > 0; left--) {
      text.append(oneOf(random, pieces));
    }
    return text.toString();
  }

  /** Short ones are as frequent as long ones: they hold the edge cases. */
  private static int length(SplittableRandom random, int max) {
    return random.nextInt(random.nextBoolean() ? max + 1 : Math.min(max, 5) + 1);
  }

  private static int codePoint(SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> EDGES[random.nextInt(EDGES.length)];
      case 1 -> random.nextInt(0x80);
      case 2 -> random.nextInt(0x10000);
      default -> random.nextInt(Character.MAX_CODE_POINT + 1);
    };
  }
}
