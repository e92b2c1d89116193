package dev.portcullis.manifests.yaml;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A decoded source: its text, and the position of every offset in it. */
public final class SourceText {
  private final String text;
  private int @Nullable [] lineStarts;

  private SourceText(String text) {
    this.text = text;
  }

  /** {@return the source with this text; a byte order mark is part of it} */
  public static SourceText of(String text) {
    return new SourceText(text);
  }

  /**
   * {@return the source in these bytes: UTF-8, or UTF-16 if they start with its byte order mark}
   *
   * @throws YamlException if the bytes are no valid text or more than the limits allow
   */
  public static SourceText decode(byte[] bytes, YamlLimits limits) throws YamlException {
    return new SourceText(TextDecoder.decode(bytes, limits));
  }

  /** {@return the whole text, line breaks as in the file} */
  public String text() {
    return text;
  }

  /** {@return the position of an offset; the end of the text is a position too} */
  public Position position(int offset) {
    if (offset < 0 || offset > text.length()) {
      throw new IndexOutOfBoundsException("offset " + offset + " of a text of " + text.length());
    }
    int[] starts = lineStarts();
    int found = Arrays.binarySearch(starts, offset);
    int line = found >= 0 ? found : -found - 2;
    int bom = line == 0 && offset > 0 && text.charAt(0) == '\uFEFF' ? 1 : 0;
    return new Position(line + 1, offset - starts[line] + 1 - bom, offset);
  }

  /** {@return the number of lines; text after the last line break counts as one} */
  public int lines() {
    int[] starts = lineStarts();
    return starts[starts.length - 1] == text.length() && starts.length > 1
        ? starts.length - 1
        : starts.length;
  }

  /**
   * {@return a line without its line break}
   *
   * @param line from 1
   */
  public String line(int line) {
    int from = lineStart(line);
    int to = from;
    while (to < text.length() && text.charAt(to) != '\n' && text.charAt(to) != '\r') {
      to++;
    }
    return text.substring(from, to);
  }

  /**
   * {@return the offset of a line's first character}
   *
   * @param line from 1
   */
  public int lineStart(int line) {
    int[] starts = lineStarts();
    if (line < 1 || line > starts.length) {
      throw new IndexOutOfBoundsException("line " + line + " of " + starts.length);
    }
    return line == 1 && text.startsWith("\uFEFF") ? 1 : starts[line - 1];
  }

  private int[] lineStarts() {
    int[] known = lineStarts;
    if (known == null) {
      known = findLineStarts();
      lineStarts = known;
    }
    return known;
  }

  private int[] findLineStarts() {
    int[] starts = new int[16 + text.length() / 16];
    int count = 1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n' || (c == '\r' && !(i + 1 < text.length() && text.charAt(i + 1) == '\n'))) {
        if (count == starts.length) {
          starts = Arrays.copyOf(starts, count * 2);
        }
        starts[count++] = i + 1;
      }
    }
    return Arrays.copyOf(starts, count);
  }
}
