package dev.portcullis.policy.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Check;
import dev.portcullis.policy.GoText;
import dev.portcullis.policy.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ChecksTest {
  private static final Path PAGES = Path.of("../docs/checks");

  @Test
  void checksAreListedById() {
    assertThat(Checks.standard())
        .extracting(Check::id)
        .isSortedAccordingTo(GoText.BYTE_ORDER)
        .doesNotHaveDuplicates()
        .hasSize(19);
  }

  @Test
  void everyCheckHasItsPageAndEveryPageItsCheck() throws Exception {
    Set<String> pages;
    try (var files = Files.list(PAGES)) {
      pages =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> !name.equals("README.md"))
              .collect(Collectors.toCollection(TreeSet::new));
    }
    var expected = new TreeSet<String>();
    Checks.standard().forEach(check -> expected.add(check.id() + ".md"));
    assertThat(pages).isEqualTo(expected);
  }

  @Test
  void pagesSayWhatTheChecksDeclare() throws Exception {
    for (Check check : Checks.standard()) {
      List<String> page = Files.readAllLines(PAGES.resolve(check.id() + ".md"));
      String versions =
          check.revisions().stream()
              .map(revision -> revision.since().toString())
              .collect(Collectors.joining(", "));
      assertThat(page)
          .as(check.id())
          .startsWith("# " + check.id())
          .contains("- Level: " + check.level(), "- Versions: " + versions)
          .contains("## What it forbids", "## Why", "## Before", "## After");
      Set<String> overrides =
          check.revisions().stream()
              .flatMap(revision -> revision.overrides().stream())
              .collect(Collectors.toCollection(TreeSet::new));
      for (String id : overrides) {
        assertThat(page).as(check.id()).contains("- Replaces: `" + id + "`");
      }
    }
  }

  @Test
  void onlyRestrictedChecksStandInForOthers() {
    for (Check check : Checks.standard()) {
      boolean overrides =
          check.revisions().stream().anyMatch(revision -> !revision.overrides().isEmpty());
      assertThat(overrides && check.level() != Level.RESTRICTED).as(check.id()).isFalse();
    }
  }
}
