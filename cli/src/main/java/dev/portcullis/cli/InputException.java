package dev.portcullis.cli;

/**
 * Says that the command cannot go on because of an input; the message names it, the place and what
 * to do.
 */
final class InputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InputException(String message) {
    super(message, null, false, false);
  }
}
