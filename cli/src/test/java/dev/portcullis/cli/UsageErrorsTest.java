package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageErrorsTest {
  private static final String SEE_HELP = "See portcullis help for the commands.\n";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "check --levle baseline x | check: there is no option --levle; did you mean --level?",
        "check --policy-versoin=v1.30 x | check: there is no option --policy-versoin; did you mean"
            + " --policy-version?",
        "check --zebra x | check: there is no option --zebra",
        "check -x y | check: there is no option -x",
        "fix --writ . | fix: there is no option --writ; did you mean --write?",
        "explain a b | explain: too many arguments, from \"b\" on",
        "check --level x . | check: Invalid value for option '--level': \"x\" must be one of"
            + " privileged, baseline, restricted",
        "migrate psp --out x | migrate psp: there is no option --out"
      })
  void aWrongFlagTakesTwoLines(String line, String problem) {
    var run = CommandRun.of(line.split(" "));
    String command = problem.substring(0, problem.indexOf(':'));
    assertThat(run)
        .isEqualTo(
            new CommandRun(
                2,
                "",
                "portcullis "
                    + problem
                    + "\nSee portcullis "
                    + command
                    + " --help for its options.\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "chek x | there is no command \"chek\"; did you mean check?",
        "hlep | there is no command \"hlep\"; did you mean help?",
        "deploy | there is no command \"deploy\"",
        "help nonsense | there is no command \"nonsense\"",
        "--levle | there is no option --levle",
        "--verison | there is no option --verison; did you mean --version?"
      })
  void anUnknownCommandIsNamed(String line, String problem) {
    assertThat(CommandRun.of(line.split(" ")))
        .isEqualTo(new CommandRun(2, "", "portcullis: " + problem + "\n" + SEE_HELP));
  }

  @Test
  void noCommandIsAnErrorToo() {
    assertThat(CommandRun.of())
        .isEqualTo(
            new CommandRun(
                2,
                "",
                "portcullis: say what to do, for example: portcullis check FOLDER\n" + SEE_HELP));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "check --version v1.34 k8s/",
        "check -V",
        "fix --version",
        "evaluate -V",
        "explain -V",
        "review --version=v1.30",
        "migrate --version",
        "migrate psp -V",
        "serve --version"
      })
  void aCommandHasNoVersionOfItsOwn(String line) {
    var run = CommandRun.of(line.split(" "));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("--policy-version says by which version to judge");
  }

  @Test
  void helpAndVersionAreWordsToo() {
    for (List<String> same :
        List.of(
            List.of("help", "--help"),
            List.of("help check", "check --help"),
            List.of("help migrate psp", "migrate psp --help"),
            List.of("version", "--version"))) {
      var word = CommandRun.of(same.getFirst().split(" "));
      assertThat(word).isEqualTo(CommandRun.of(same.getLast().split(" ")));
      assertThat(word.code()).isZero();
      assertThat(word.out()).isNotBlank();
    }
  }
}
