package dev.portcullis.policy.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Check;
import dev.portcullis.policy.GoText;
import dev.portcullis.policy.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChecksTest {
  private static final Path ROOT = Path.of("..");
  private static final Path PAGES = ROOT.resolve("docs/checks");
  private static final Path SOURCES = Path.of("src/main/java/dev/portcullis/policy/checks");

  /** A path in backquotes. */
  private static final Pattern FILE = Pattern.compile("`([\\w<>./-]+/[\\w<>./-]+)`");

  @Test
  void checksAreListedById() {
    assertThat(Checks.standard())
        .extracting(Check::id)
        .isSortedAccordingTo(GoText.BYTE_ORDER)
        .doesNotHaveDuplicates();
  }

  @Test
  void everyDeclaredCheckIsListed() throws Exception {
    assertThat(declared().values()).containsExactlyInAnyOrderElementsOf(Checks.standard());
  }

  @Test
  void everyCheckHasTheFilesThatContributorsAreToldToWrite() throws Exception {
    List<String> patterns = filesOfANewCheck().filter(file -> file.contains("<")).toList();
    assertThat(patterns).hasSizeGreaterThanOrEqualTo(4);
    declared()
        .forEach((name, check) -> {
          for (String pattern : patterns) {
            String file = pattern.replace("<Name>", name).replace("<id>", check.id());
            assertThat(ROOT.resolve(file)).exists();
          }
        });
  }

  @Test
  void theListsThatContributorsAreToldToExtendNameEveryCheck() throws Exception {
    List<String> lists =
        filesOfANewCheck().filter(file -> !file.contains("<") && file.contains(".")).toList();
    assertThat(lists).isNotEmpty();
    for (String list : lists) {
      String text = Files.readString(ROOT.resolve(list));
      declared()
          .forEach((name, check) ->
              assertThat(text.contains(name + ".CHECK") || text.contains(check.id()))
                  .as("%s names %s", list, check.id())
                  .isTrue());
    }
  }

  @Test
  void everyTestThatContributorsAreToldOfExists() throws Exception {
    String text = Files.readString(ROOT.resolve("CONTRIBUTING.md"));
    List<String> named =
        Pattern.compile("\\b[A-Z]\\w+Test\\b")
            .matcher(text)
            .results()
            .map(MatchResult::group)
            .toList();
    assertThat(named).contains("HostPortsTest");
    try (var files = Files.find(ROOT, 20, (file, as) -> file.toString().endsWith("Test.java"))) {
      assertThat(files.map(file -> file.getFileName().toString().replace(".java", "")))
          .containsAll(named);
    }
  }

  @Test
  void everyFixturesFileHasItsTest() throws Exception {
    var expected = new TreeSet<String>(Set.of("several.jsonl"));
    Checks.standard().forEach(check -> expected.add(check.id() + ".jsonl"));
    try (var files = Files.list(Path.of("src/test/resources/checks"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  /** {@return the checks that classes declare, by the classes' names} */
  private static Map<String, Check> declared() throws Exception {
    var checks = new TreeMap<String, Check>();
    try (var files = Files.list(SOURCES)) {
      for (Path file : files.toList()) {
        if (Files.readString(file).contains("static final Check CHECK")) {
          String name = file.getFileName().toString().replace(".java", "");
          var type = Class.forName("dev.portcullis.policy.checks." + name);
          checks.put(name, (Check) type.getDeclaredField("CHECK").get(null));
        }
      }
    }
    return checks;
  }

  /** {@return the files that CONTRIBUTING names in its list of what a new check touches} */
  private static Stream<String> filesOfANewCheck() throws Exception {
    String text = Files.readString(ROOT.resolve("CONTRIBUTING.md"));
    int start = text.indexOf("## A check for the next Kubernetes version\n");
    assertThat(start).isNotNegative();
    String section = text.substring(start, text.indexOf("\n## ", start + 1));
    return FILE.matcher(section).results().map(file -> file.group(1));
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
