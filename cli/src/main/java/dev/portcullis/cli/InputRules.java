package dev.portcullis.cli;

import dev.portcullis.report.InputError;
import dev.portcullis.report.Report;
import dev.portcullis.report.Skipped;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that say which inputs are errors: none at all, and what was passed over. */
final class InputRules {
  @Option(
      names = "--allow-empty",
      description = "Accept inputs without any workload; otherwise that is an error.")
  private boolean allowEmpty;

  @Option(names = "--strict", description = "Everything that is skipped is an error.")
  private boolean strict;

  /** {@return the report with the errors that these rules make of it} */
  Report apply(Report report, Inputs inputs, List<String> arguments) {
    var errors = new ArrayList<>(report.errors());
    errors.addAll(errors(report.results().size(), report.skipped(), inputs, arguments, errors));
    return new Report(
        report.files(),
        report.results(),
        strict ? List.of() : report.skipped(),
        errors,
        report.notes());
  }

  /**
   * {@return the errors that these rules make of a run}
   *
   * @param workloads how many were found
   * @param before the errors that there are anyway
   */
  List<InputError> errors(
      int workloads,
      List<Skipped> skipped,
      Inputs inputs,
      List<String> arguments,
      List<InputError> before) {
    var errors = new ArrayList<InputError>();
    if (strict) {
      for (Skipped document : skipped) {
        errors.add(
            new InputError(
                document.file(), document.line(), 0, document.reason() + " (skipped, --strict)"));
      }
    }
    if (workloads == 0 && !allowEmpty && before.isEmpty() && errors.isEmpty()) {
      String argument = arguments.isEmpty() ? "." : arguments.getFirst();
      errors.add(new InputError(argument, 0, 0, nothing(skipped, inputs)));
    }
    return errors;
  }

  private static String nothing(List<Skipped> skipped, Inputs inputs) {
    String found =
        switch (inputs.found().size()) {
          case 0 -> "there is no manifest";
          case 1 ->
              inputs.found().getFirst().path() == null && skipped.isEmpty()
                  ? "standard input holds none, did the command before it fail?"
                  : "1 file holds none";
          default -> inputs.found().size() + " files hold none";
        };
    long templates =
        skipped.stream().filter(document -> document.reason().contains("a template")).count();
    String why =
        templates > 0
            ? "; "
                + (templates == 1 ? "1 document is a template" : templates + " are templates")
                + " that must be rendered first"
            : skipped.isEmpty() ? "" : "; skipped: " + skipped.size();
    String leftOut =
        inputs.leftOut() == 0 ? "" : "; hidden, ignored or excluded: " + inputs.leftOut();
    return "no workload was judged: " + found + why + leftOut + " (--allow-empty accepts that)";
  }
}
