package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a newcomer reads first is true. */
class ReadmeTest {
  private static final Path ROOT = Path.of("..");

  @Test
  void bothLanguagesHaveTheSameCommandsAndOutputs() throws IOException {
    for (String kind : List.of("sh", "text", "yaml", "java")) {
      assertThat(blocks("README.ja.md", kind))
          .as(kind)
          .isEqualTo(blocks("README.md", kind))
          .isNotEmpty();
    }
  }

  @Test
  void theOutputOfCheckIsTheRealOne() throws Exception {
    String shown = blocks("README.md", "text").getFirst();
    String real = new PortcullisProcess().run("", "check", "examples").out();
    int from = 0;
    for (String part : shown.split("(?m)^\\.\\.\\.\n")) {
      int at = real.indexOf(part, from);
      assertThat(at)
          .as("README.md shows%n%s%nwhich is not, in this order, in%n%s", part, real)
          .isNotNegative();
      from = at + part.length();
    }
    assertThat(shown.lines().findFirst()).isEqualTo(real.lines().findFirst());
    assertThat(real).endsWith(shown.substring(shown.lastIndexOf("...\n") + 4));
  }

  @Test
  void theOutputOfEvaluateIsTheRealOne() throws Exception {
    List<String> commands = blocks("README.md", "sh");
    String command =
        commands.stream().filter(block -> block.startsWith("echo")).findFirst().orElseThrow();
    String line = command.substring(command.indexOf('\'') + 1, command.lastIndexOf('\''));
    assertThat(new PortcullisProcess().run(line, "evaluate").out())
        .isEqualTo(blocks("README.md", "text").getLast());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "README.md",
        "README.ja.md",
        "examples/README.md",
        "docs/checks/README.md",
        "docs/output-formats.md"
      })
  void linksLeadSomewhere(String page) throws IOException {
    Path file = ROOT.resolve(page);
    for (MatchResult link :
        Pattern.compile("\\]\\(([^)#:]+)[^)]*\\)")
            .matcher(Files.readString(file))
            .results()
            .toList()) {
      assertThat(file.resolveSibling(link.group(1))).exists();
    }
  }

  /** {@return what stands in the fenced blocks of this kind} */
  private static List<String> blocks(String page, String kind) throws IOException {
    var fences = Pattern.compile("(?ms)^```" + kind + "\n(.*?)^```$");
    return fences
        .matcher(Files.readString(ROOT.resolve(page)))
        .results()
        .map(match -> match.group(1))
        .toList();
  }
}
