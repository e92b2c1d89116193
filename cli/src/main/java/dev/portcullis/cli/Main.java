package dev.portcullis.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The {@code portcullis} command.
 *
 * <p>A new command is a class, a line in {@link #COMMANDS} and a line in {@link #create}. Only the
 * command that is asked for is created: what the others stand on, a web server say, is never
 * loaded.
 */
@Command(
    name = "portcullis",
    description = "Pod Security Admission for manifests, admission requests and live clusters.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = ProductVersion.class)
public final class Main implements Runnable {
  /** In the order in which the help lists them. */
  static final List<String> COMMANDS =
      List.of("check", "fix", "evaluate", "explain", "migrate", "review", "serve");

  @Spec private CommandSpec spec = CommandSpec.create();

  private Main() {}

  private static Object create(String command) {
    return switch (command) {
      case "check" -> new CheckCommand();
      case "fix" -> new FixCommand();
      case "evaluate" -> new EvaluateCommand();
      case "explain" -> new ExplainCommand();
      case "migrate" -> new MigrateCommand();
      case "review" -> new ReviewCommand();
      case "serve" -> new ServeCommand();
      default -> throw new IllegalArgumentException(command);
    };
  }

  /** Runs the command and exits with its code: 0 clean, 1 violations, 2 a usage or input error. */
  public static void main(String[] args) {
    if (args.length > 0 && args[0].equals("serve")) {
      ServeCommand.beginEarly(List.of(args));
    }
    var commands = commandLine(args);
    // Reports are UTF-8 wherever they go, whatever the locale says.
    commands.setOut(utf8(FileDescriptor.out));
    commands.setErr(utf8(FileDescriptor.err));
    int code = commands.execute(args);
    commands.getOut().flush();
    commands.getErr().flush();
    if (args.length > 0 && args[0].equals("serve")) {
      System.exit(code);
    }
    // An orderly exit looks for somebody to log it, which opens every jar of the class path.
    // Nothing
    // is left to do here that an orderly exit would see to.
    Runtime.getRuntime().halt(code);
  }

  private static PrintWriter utf8(FileDescriptor stream) {
    return new PrintWriter(
        new OutputStreamWriter(new FileOutputStream(stream), StandardCharsets.UTF_8), false);
  }

  /** {@return what runs these arguments} */
  static CommandLine commandLine(String... args) {
    var all = new CommandLine(new Main());
    for (String command :
        args.length > 0 && COMMANDS.contains(args[0]) ? List.of(args[0]) : COMMANDS) {
      all.addSubcommand(command, create(command));
    }
    all.setExecutionExceptionHandler((failure, command, parsed) -> {
      PrintWriter err = command.getErr();
      if (failure instanceof InputException input) {
        err.println("portcullis: " + input.getMessage());
      } else {
        err.println("portcullis: internal error, please report it with this text");
        failure.printStackTrace(err);
      }
      err.flush();
      return ExitCode.ERROR;
    });
    return all;
  }

  /** Says what there is when no command was given. */
  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Say what to do, for example: portcullis check FOLDER");
  }
}
