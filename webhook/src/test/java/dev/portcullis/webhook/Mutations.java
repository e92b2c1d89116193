package dev.portcullis.webhook;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Reviews that somebody tampered with. */
final class Mutations {
  private static final List<String> PIECES =
      List.of("null", "[]", "{}", "\"\"", "-1e999", "\\u0000", "\"x\":", "}}", "[[[[", "\u202e");

  private Mutations() {}

  /** {@return a request with such a review} */
  static byte[] post(SplittableRandom random) {
    byte[] body =
        Reviews.pod("m", random.nextBoolean() ? "base" : "strict", random.nextBoolean())
            .getBytes(StandardCharsets.UTF_8);
    for (int i = random.nextInt(1, 5); i > 0; i--) {
      body = mutate(body, random);
    }
    byte[] head =
        ("POST "
                + (random.nextInt(4) == 0 ? "/mutate" : "/validate")
                + " HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length
                + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    byte[] all = Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, all, head.length, body.length);
    return all;
  }

  private static byte[] mutate(byte[] body, SplittableRandom random) {
    int from = random.nextInt(body.length);
    int to = Math.min(body.length, from + random.nextInt(1, 60));
    return switch (random.nextInt(4)) {
      case 0 -> {
        body[from] = (byte) random.nextInt(256);
        yield body;
      }
      case 1 -> join(body, from, new byte[0], to);
      case 2 -> join(body, to, Arrays.copyOfRange(body, from, to), to);
      default -> {
        String piece = PIECES.get(random.nextInt(PIECES.size()));
        yield join(body, from, piece.getBytes(StandardCharsets.UTF_8), from);
      }
    };
  }

  /** {@return what stands before {@code end}, the middle, and what stands from {@code start} on} */
  private static byte[] join(byte[] body, int end, byte[] middle, int start) {
    byte[] all = Arrays.copyOf(body, Math.max(1, end + middle.length + body.length - start));
    System.arraycopy(middle, 0, all, end, middle.length);
    System.arraycopy(body, start, all, end + middle.length, body.length - start);
    return all;
  }
}
