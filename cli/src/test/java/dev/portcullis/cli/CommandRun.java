package dev.portcullis.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * A command run inside the test's JVM.
 *
 * @param code its exit code
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
record CommandRun(int code, String out, String err) {
  static CommandRun of(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var standardOutput = new PrintWriter(out);
    var standardError = new PrintWriter(err);
    int code = Main.execute(standardOutput, standardError, arguments);
    standardOutput.flush();
    standardError.flush();
    return new CommandRun(code, out.toString(), err.toString());
  }
}
