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
    var commands = Main.commandLine(arguments);
    commands.setOut(new PrintWriter(out));
    commands.setErr(new PrintWriter(err));
    int code = commands.execute(arguments);
    commands.getOut().flush();
    commands.getErr().flush();
    return new CommandRun(code, out.toString(), err.toString());
  }
}
