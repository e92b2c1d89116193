package dev.portcullis.cli;

import dev.portcullis.report.format.Ink;
import picocli.CommandLine.Option;

/** When to use colours. */
final class ColorOption {
  /** The choices, as they are spelled on the command line. */
  enum When {
    auto,
    always,
    never
  }

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      defaultValue = "auto",
      description = "auto, always or never. auto: on a terminal, unless NO_COLOR is set.")
  private When when = When.auto;

  /** {@return the ink for standard output} */
  Ink ink() {
    return switch (when) {
      case always -> Ink.ANSI;
      case never -> Ink.NONE;
      case auto -> Terminal.outputIsTerminal() && Terminal.wantsColor() ? Ink.ANSI : Ink.NONE;
    };
  }
}
