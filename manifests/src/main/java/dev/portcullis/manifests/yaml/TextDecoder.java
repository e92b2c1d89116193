package dev.portcullis.manifests.yaml;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Bytes to text, refusing broken encodings. */
final class TextDecoder {
  private TextDecoder() {}

  static String decode(byte[] bytes, YamlLimits limits) throws YamlException {
    if (bytes.length > limits.maxBytes()) {
      throw YamlException.of(
          "the source has " + bytes.length + " bytes, more than " + limits.maxBytes(),
          new Position(1, 1, 0));
    }
    Charset charset = charset(bytes);
    String text = new String(bytes, charset);
    // A replacement character is rare enough to look again for where it comes from.
    if (text.indexOf('\uFFFD') >= 0) {
      checkEncoding(bytes, charset);
    }
    return text;
  }

  private static Charset charset(byte[] bytes) {
    if (bytes.length >= 2) {
      if (bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE) {
        return StandardCharsets.UTF_16LE;
      }
      if (bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF) {
        return StandardCharsets.UTF_16BE;
      }
    }
    return StandardCharsets.UTF_8;
  }

  private static void checkEncoding(byte[] bytes, Charset charset) throws YamlException {
    CharBuffer chars = CharBuffer.allocate(bytes.length + 1);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CoderResult result =
        charset.newDecoder().onMalformedInput(CodingErrorAction.REPORT).decode(in, chars, true);
    if (!result.isError()) {
      return;
    }
    String before = chars.flip().toString();
    throw YamlException.of(
        encodingProblem(bytes, in.position(), charset),
        SourceText.of(before).position(before.length()));
  }

  private static String encodingProblem(byte[] bytes, int at, Charset charset) {
    if (!charset.equals(StandardCharsets.UTF_8)) {
      return at + 2 > bytes.length
          ? "incomplete UTF-16 character"
          : "unexpected low surrogate area";
    }
    int first = bytes[at] & 0xFF;
    int length = first < 0xC0 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF8 ? 4 : 0;
    if (length == 0) {
      return "invalid leading UTF-8 octet";
    }
    if (at + length > bytes.length) {
      return "incomplete UTF-8 octet sequence";
    }
    for (int i = 1; i < length; i++) {
      if ((bytes[at + i] & 0xC0) != 0x80) {
        return "invalid trailing UTF-8 octet";
      }
    }
    return first == 0xED || (length == 4 && first >= 0xF4)
        ? "invalid Unicode character"
        : "invalid length of a UTF-8 sequence";
  }
}
