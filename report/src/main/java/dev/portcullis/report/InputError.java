package dev.portcullis.report;

/**
 * An input that could not be read or makes no sense.
 *
 * @param file the file as it was named, {@code -} for standard input
 * @param line the line, from 1; 0 when the whole file is meant
 * @param column the column, from 1; 0 when the whole file or line is meant
 * @param message what is wrong and what to do
 */
public record InputError(String file, int line, int column, String message) {
  /** {@return place and message, {@code file:line:column: message}} */
  @Override
  public String toString() {
    String place =
        line == 0 ? file : column == 0 ? file + ":" + line : file + ":" + line + ":" + column;
    return place + ": " + message;
  }
}
