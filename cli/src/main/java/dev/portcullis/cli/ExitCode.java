package dev.portcullis.cli;

/** What a command's exit code says. */
final class ExitCode {
  /** Nothing to object to. */
  static final int CLEAN = 0;

  /** Violations were found. */
  static final int VIOLATIONS = 1;

  /** The command line or an input is wrong; this wins over violations. */
  static final int ERROR = 2;

  private ExitCode() {}
}
