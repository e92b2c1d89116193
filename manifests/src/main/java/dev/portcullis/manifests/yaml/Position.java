package dev.portcullis.manifests.yaml;

/**
 * A place in a source.
 *
 * @param line the line, from 1
 * @param column the column in UTF-16 units, from 1
 * @param offset the offset into {@link SourceText#text()}, from 0
 */
public record Position(int line, int column, int offset) {
  @Override
  public String toString() {
    return line + ":" + column;
  }
}
