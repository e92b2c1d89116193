package dev.portcullis.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OptionsTest {
  @Test
  void readsWhatIsGiven() {
    var options =
        Options.parse(
            new String[] {"--oracle", "o", "--pods", "7", "--requests", "8", "--seed", "9"});

    assertThat(options.pods()).isEqualTo(7);
    assertThat(options.requests()).isEqualTo(8);
    assertThat(options.seed()).isEqualTo(9);
    assertThat(options.oracle()).isEqualTo(Path.of("o"));
  }

  @Test
  void saysWhatIsWrong() {
    assertThatThrownBy(() -> Options.parse(new String[] {"--pods", "many"}))
        .hasMessage("--pods needs a whole number, not many");
    assertThatThrownBy(() -> Options.parse(new String[] {"--seed"}))
        .hasMessageStartingWith("--seed needs a value");
    assertThatThrownBy(() -> Options.parse(new String[] {"--foo", "1"}))
        .hasMessageStartingWith("unknown option --foo");
  }
}
