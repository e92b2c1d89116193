package dev.portcullis.cli;

import dev.portcullis.report.Printable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with a command line in one line, and in another where to read more. */
final class UsageErrors implements IParameterExceptionHandler {
  private static final List<String> VERSION_OPTIONS = List.of("--version", "-V");

  private final List<String> commands;

  /** Knows these commands, for suggestions. */
  UsageErrors(List<String> commands) {
    this.commands = List.copyOf(commands);
  }

  @Override
  public int handleParseException(ParameterException problem, String[] arguments) {
    CommandSpec spec = problem.getCommandLine().getCommandSpec();
    PrintWriter err = problem.getCommandLine().getErr();
    String text =
        problem instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()
            ? unmatched(spec, unmatched.getUnmatched().getFirst())
            : other(spec, problem, List.of(arguments));
    err.println(spec.qualifiedName() + ": " + Printable.of(text));
    err.println(
        isRoot(spec)
            ? "See portcullis help for the commands."
            : "See " + spec.qualifiedName() + " --help for its options.");
    err.flush();
    return ExitCode.ERROR;
  }

  /** Whoever asks a command for its version forgets nothing. */
  private String other(CommandSpec spec, ParameterException problem, List<String> arguments) {
    for (String version : VERSION_OPTIONS) {
      boolean given =
          arguments.stream()
              .anyMatch(word -> word.equals(version) || word.startsWith(version + "="));
      if (!isRoot(spec) && given) {
        return unmatched(spec, version);
      }
    }
    return String.valueOf(problem.getMessage());
  }

  private String unmatched(CommandSpec spec, String argument) {
    if (!argument.startsWith("-") || argument.equals("-")) {
      return isRoot(spec)
          ? "there is no command \"" + argument + "\"" + suggestion(argument, commands)
          : "too many arguments, from \"" + argument + "\" on";
    }
    int equals = argument.indexOf('=');
    String option = equals < 0 ? argument : argument.substring(0, equals);
    if (!isRoot(spec) && VERSION_OPTIONS.contains(option)) {
      return "there is no option "
          + option
          + " here; --policy-version says by which version to judge, portcullis version prints that"
          + " of Portcullis";
    }
    var options = new ArrayList<String>(spec.optionsMap().keySet());
    return "there is no option " + option + suggestion(option, options);
  }

  private static boolean isRoot(CommandSpec spec) {
    return spec.parent() == null;
  }

  private static String suggestion(String given, List<String> known) {
    String nearest = "";
    int least = Math.min(2, given.replace("-", "").length() / 3);
    for (String candidate : known) {
      int distance = distance(given.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
      if (distance <= least && (nearest.isEmpty() || distance < least)) {
        nearest = candidate;
        least = distance;
      }
    }
    return nearest.isEmpty() ? "" : "; did you mean " + nearest + "?";
  }

  /** {@return how many letters to insert, remove, replace or swap with their neighbour} */
  private static int distance(String a, String b) {
    if (Math.abs(a.length() - b.length()) > 2) {
      return Integer.MAX_VALUE;
    }
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      cost[i][0] = i;
    }
    for (int j = 0; j <= b.length(); j++) {
      cost[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int least =
            Math.min(
                Math.min(cost[i - 1][j], cost[i][j - 1]) + 1, cost[i - 1][j - 1] + (same ? 0 : 1));
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        cost[i][j] = swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
      }
    }
    return cost[a.length()][b.length()];
  }
}
