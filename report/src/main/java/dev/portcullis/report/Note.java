package dev.portcullis.report;

/**
 * Something that a person should know though it is neither a violation nor an error.
 *
 * @param file the file as it was named, {@code -} for standard input; empty when no file is meant
 * @param line the line, from 1; 0 when no line is meant
 * @param column the column, from 1; 0 when no column is meant
 * @param message one sentence without a final period
 */
public record Note(String file, int line, int column, String message) {
  /** {@return place and message, {@code file:line:column: message}} */
  @Override
  public String toString() {
    return file.isEmpty() ? message : new InputError(file, line, column, message).toString();
  }
}
