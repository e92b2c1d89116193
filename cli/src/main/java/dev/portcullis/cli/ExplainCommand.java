package dev.portcullis.cli;

import dev.portcullis.policy.Check;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.checks.Checks;
import dev.portcullis.report.CheckPage;
import dev.portcullis.report.format.Ink;
import dev.portcullis.report.format.PageText;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code portcullis explain}: the pages of docs/checks in the terminal. */
@Command(
    name = "explain",
    description =
        "Explains a check, or lists all of them by level with the versions that changed them.")
final class ExplainCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "CHECK",
      description = "The check's name, as reports print it in brackets.")
  private @Nullable String check;

  @Mixin private ColorOption color = new ColorOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Ink ink = color.ink();
    List<Check> checks = Evaluator.of(Checks.standard()).checks();
    String asked = check;
    if (asked == null) {
      out.print(PageText.table(checks.stream().map(Check::id).map(CheckPage::load).toList(), ink));
    } else {
      out.print(PageText.page(CheckPage.load(id(asked, checks)), ink));
    }
    out.flush();
    return ExitCode.CLEAN;
  }

  private String id(String asked, List<Check> checks) {
    for (Check known : checks) {
      if (known.id().equalsIgnoreCase(asked)) {
        return known.id();
      }
    }
    String low = asked.toLowerCase(Locale.ROOT);
    List<String> near =
        checks.stream()
            .map(Check::id)
            .filter(id ->
                id.toLowerCase(Locale.ROOT).contains(low)
                    || low.contains(id.toLowerCase(Locale.ROOT)))
            .toList();
    String hint =
        near.isEmpty() ? "`portcullis explain` lists all" : "perhaps " + String.join(" or ", near);
    throw new ParameterException(
        spec.commandLine(), "there is no check named " + asked + "; " + hint + ".");
  }
}
