package dev.portcullis.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code portcullis} command. */
@Command(
    name = "portcullis",
    description = "Pod Security Admission for manifests, admission requests and live clusters.",
    version = "portcullis 0.1.0-SNAPSHOT",
    mixinStandardHelpOptions = true)
public final class Main {

  private Main() {}

  /** Runs the command and exits with its code: 0 clean, 1 violations, 2 a usage or input error. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }
}
