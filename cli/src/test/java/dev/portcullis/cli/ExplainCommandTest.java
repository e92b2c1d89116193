package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.testing.Golden;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ExplainCommandTest {
  @Test
  void listsTheChecksByLevelWithTheVersionsThatChangedThem() throws IOException {
    var run = CommandRun.of("explain");
    Golden.assertMatches("explain/table.txt", run.out());
    assertThat(run.code()).isZero();
  }

  @Test
  void showsThePageOfACheckInWhateverCaseItIsSpelled() throws IOException {
    Golden.assertMatches("explain/sysctls.txt", CommandRun.of("explain", "SYSCTLS").out());
  }

  @Test
  void headingsStandOutInColour() {
    assertThat(CommandRun.of("explain", "--color=always", "sysctls").out())
        .startsWith("\033[1msysctls\033[0m\n");
  }

  @Test
  void anUnknownCheckIsAnErrorWithAHint() {
    var run = CommandRun.of("explain", "seccompProfile");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .startsWith(
            "portcullis explain: there is no check named seccompProfile; perhaps"
                + " seccompProfile_baseline or seccompProfile_restricted.\n");
    assertThat(CommandRun.of("explain", "nope").err()).contains("`portcullis explain` lists all");
  }
}
