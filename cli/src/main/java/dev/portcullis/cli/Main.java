package dev.portcullis.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
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
    footer = {"", "portcullis help COMMAND says more about one."},
    mixinStandardHelpOptions = true,
    versionProvider = ProductVersion.class)
public final class Main implements Runnable {
  /** In the order in which the help lists them. */
  static final List<String> COMMANDS =
      List.of(
          "check", "fix", "evaluate", "explain", "export", "migrate", "review", "serve", "probe");

  /** The narrowest help that picocli can lay out. */
  private static final int MIN_HELP_WIDTH = 55;

  private static final int MAX_HELP_WIDTH = 120;

  @Spec private CommandSpec spec = CommandSpec.create();

  private Main() {}

  private static Object create(String command) {
    return switch (command) {
      case "check" -> new CheckCommand();
      case "fix" -> new FixCommand();
      case "evaluate" -> new EvaluateCommand();
      case "explain" -> new ExplainCommand();
      case "export" -> new ExportCommand();
      case "migrate" -> new MigrateCommand();
      case "review" -> new ReviewCommand();
      case "serve" -> new ServeCommand();
      case "probe" -> new ProbeCommand();
      default -> throw new IllegalArgumentException(command);
    };
  }

  /** Runs the command and exits with its code: 0 clean, 1 violations, 2 a usage or input error. */
  public static void main(String[] args) {
    if (args.length > 0 && args[0].equals("serve")) {
      ServeCommand.beginEarly(List.of(args));
    }
    // Reports are UTF-8 wherever they go, whatever the locale says.
    var standardOutput = new StandardOutput();
    PrintWriter out = utf8(standardOutput);
    PrintWriter err = utf8(new FileOutputStream(FileDescriptor.err));
    int code = execute(out, err, args);
    out.flush();
    IOException failure = standardOutput.failure();
    if (failure != null) {
      code = ExitCode.ERROR;
      if (!StandardOutput.readerLeft(failure)) {
        err.println("portcullis: standard output: " + failure.getMessage());
      }
    }
    err.flush();
    if (args.length > 0 && args[0].equals("serve")) {
      System.exit(code);
    }
    // An orderly exit looks for somebody to log it, which opens every jar of the class path;
    // nothing
    // is left to do here that it would see to.
    Runtime.getRuntime().halt(code);
  }

  private static PrintWriter utf8(OutputStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), false);
  }

  /** Runs these arguments, and {@return the exit code}. */
  static int execute(PrintWriter out, PrintWriter err, String... args) {
    String[] words = withoutHelpWords(args);
    CommandLine commands = commandLine(words);
    commands.setOut(out);
    commands.setErr(err);
    return commands.execute(words);
  }

  /** {@return {@code check --help} for {@code help check}, and the like} */
  private static String[] withoutHelpWords(String... args) {
    String first = args.length == 0 ? "" : args[0];
    if (first.equals("version")) {
      String[] words = args.clone();
      words[0] = "--version";
      return words;
    }
    if (!first.equals("help")) {
      return args;
    }
    if (args.length > 1 && !COMMANDS.contains(args[1])) {
      return Arrays.copyOfRange(args, 1, args.length);
    }
    String[] words = Arrays.copyOfRange(args, 1, args.length + 1);
    words[args.length - 1] = "--help";
    return words;
  }

  /** A subcommand has no version of its own; its other flags may be mistaken for one. */
  private static void helpOption(CommandLine command) {
    command
        .getCommandSpec()
        .mixinStandardHelpOptions(false)
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help message and exit.")
                .build());
    command.getSubcommands().values().forEach(Main::helpOption);
  }

  /** {@return what runs these arguments} */
  private static CommandLine commandLine(String... args) {
    var all = new CommandLine(new Main());
    for (String command :
        args.length > 0 && COMMANDS.contains(args[0]) ? List.of(args[0]) : COMMANDS) {
      all.addSubcommand(command, create(command));
    }
    all.getSubcommands().values().forEach(Main::helpOption);
    all.setUsageHelpWidth(Math.max(MIN_HELP_WIDTH, Math.min(Terminal.width(80), MAX_HELP_WIDTH)));
    var words = new ArrayList<>(COMMANDS);
    words.addAll(List.of("help", "version"));
    all.setParameterExceptionHandler(new UsageErrors(words));
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
        spec.commandLine(), "say what to do, for example: portcullis check FOLDER");
  }
}
