package dev.portcullis.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UntrustedTextTest {
  @ParameterizedTest
  @CsvSource({
    "plain text, plain text",
    "Grüße 日本 \uD83D\uDE00, Grüße 日本 \uD83D\uDE00",
    "'a\r\n\tb', a\\r\\n\\tb",
    "'a\u001b[31mred\u0007\u0000\u007f', a\\u001b[31mred\\u0007\\u0000\\u007f",
    "'a\u0085b\u009b2J', a\\u0085b\\u009b2J",
    "'a\u2028b\u2029c', a\\u2028b\\u2029c",
    "'\u202ecod.\u202a\u2066x\u2069\u200f\u061c', \\u202ecod.\\u202a\\u2066x\\u2069\\u200f\\u061c",
    "'a\u200bb\ufeffc\u00add', a\\u200bb\\ufeffc\\u00add",
    "'tag \uDB40\uDC41', tag \\udb40\\udc41",
    "'lone \uD83D x \uDE00', lone \\ud83d x \\ude00",
    "'say \"a\\b\"', 'say \"a\\b\"'",
  })
  void nothingEndsALineOrDrivesATerminal(String text, String line) {
    assertThat(UntrustedText.line(text)).isEqualTo(line);
    var quoted = new StringBuilder();
    UntrustedText.appendQuoted(quoted, text, 1_000);
    String escaped = text.contains("\"") ? line.replace("\\", "\\\\").replace("\"", "\\\"") : line;
    assertThat(quoted).hasToString("\"" + escaped + "\"");
  }

  @Test
  void aLongTextIsCutWithACount() {
    assertThat(UntrustedText.cut("x".repeat(10), 10)).isEqualTo("x".repeat(10));
    assertThat(UntrustedText.cut("x".repeat(17), 10))
        .isEqualTo("x".repeat(10) + "... (7 more characters)");
    assertThat(UntrustedText.cut("\uD83D\uDE00".repeat(3), 3))
        .isEqualTo("\uD83D\uDE00... (4 more characters)");
    assertThat(UntrustedText.line("y".repeat(3_000)))
        .isEqualTo("y".repeat(2_048) + "... (952 more characters)");
  }

  @Test
  void whatIsEscapedCountsAsItIsShown() {
    assertThat(UntrustedText.line("\u001b".repeat(100), 20))
        .isEqualTo("\\u001b\\u001b\\u001b... (97 more characters)");
    var quoted = new StringBuilder("before ");
    UntrustedText.appendQuoted(quoted, "\"".repeat(100), 5);
    assertThat(quoted).hasToString("before \"\\\"\\\"... (98 more characters)\"");
  }

  @Test
  void onlyKnownValuesBecomeLabels() {
    assertThat(UntrustedText.known("resize", Set.of("", "resize"))).isEqualTo("resize");
    assertThat(UntrustedText.known("", Set.of("", "resize"))).isEmpty();
    assertThat(UntrustedText.known("Resize", Set.of("", "resize"))).isEqualTo("(other)");
  }
}
