package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/serving.md} says what {@code serve} has. */
class ServingPageTest {
  private static final Path DOCS = Path.of("../docs");
  private static final Pattern FLAG = Pattern.compile("--[a-z][a-z-]+");

  @Test
  void theFlagsAreThoseOfTheHelp() throws Exception {
    var run = new PortcullisProcess().run("", "serve", "--help");
    assertThat(run.code()).isZero();
    Set<String> offered = flags(run.out().lines().filter(l -> l.startsWith("  ")).toList());
    offered.removeAll(Set.of("--help", "--version"));
    assertThat(flags(table())).isEqualTo(offered);
  }

  /** {@return the first cells of the table of flags} */
  private static Iterable<String> table() throws IOException {
    String page = Files.readString(DOCS.resolve("serving.md"));
    String flags = page.substring(page.indexOf("## Flags"), page.indexOf("Fixed: bodies"));
    return flags
        .lines()
        .filter(line -> line.startsWith("| `--"))
        .map(line -> line.substring(0, line.indexOf('|', 1)))
        .toList();
  }

  private static Set<String> flags(Iterable<String> lines) {
    var found = new TreeSet<String>();
    for (String line : lines) {
      found.addAll(
          FLAG.matcher(line).results().map(MatchResult::group).collect(Collectors.toSet()));
    }
    return found;
  }
}
