package dev.portcullis.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code portcullis evaluate}: pods in, verdicts out, a line each. */
@Command(
    name = "evaluate",
    description = "Evaluates pods for scripts and other programs.",
    footer = {
      "",
      "Reads JSON lines {\"id\", \"level\", \"version\", \"pod\": {\"metadata\", \"spec\"}} from"
          + " standard input and",
      "writes {\"id\", \"allowed\", \"reason\", \"detail\"} for each, in the same order and at"
          + " once. The id may be any",
      "JSON value. The pod is evaluated as it is, without any default applied. A line that cannot"
          + " be",
      "evaluated gives {\"id\", \"error\"}, and the exit code is then 2 in the end."
    })
final class EvaluateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    Terminal.announceInput(spec.commandLine().getErr());
    try (var in = new FileInputStream(FileDescriptor.in);
        var out = new FileOutputStream(FileDescriptor.out)) {
      return new PodStream(in, out).run() ? ExitCode.CLEAN : ExitCode.ERROR;
    } catch (IOException gone) {
      if (StandardOutput.readerLeft(gone)) {
        return ExitCode.ERROR;
      }
      throw new InputException("evaluate stopped: " + gone.getMessage());
    }
  }
}
