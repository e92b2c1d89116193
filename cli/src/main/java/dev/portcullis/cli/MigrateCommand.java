package dev.portcullis.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code portcullis migrate}: from other rules to the Pod Security Standards. */
@Command(
    name = "migrate",
    description = "Moves from other rules for pods to the Pod Security Standards.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = MigratePspCommand.class)
final class MigrateCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  /** Says what there is when no command was given. */
  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what to move from, for example: portcullis migrate psp FOLDER");
  }
}
