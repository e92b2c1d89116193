package dev.portcullis.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code portcullis export}: the Pod Security Standards in the form of another engine. */
@Command(
    name = "export",
    description = "Writes the Pod Security Standards as policies of another engine.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = ExportVapCommand.class)
final class ExportCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  /** Lists the choices when no command was given. */
  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Say what to export to, for example: portcullis export vap");
  }
}
