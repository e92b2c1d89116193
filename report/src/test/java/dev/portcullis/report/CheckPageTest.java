package dev.portcullis.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.manifests.ManifestFile;
import dev.portcullis.manifests.ManifestReader;
import dev.portcullis.policy.Check;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.Verdict;
import dev.portcullis.policy.Version;
import dev.portcullis.policy.checks.Checks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every check has a page, and the page is right. */
class CheckPageTest {
  private static final Evaluator EVALUATOR = Evaluator.of(Checks.standard());
  private static final List<String> SECTIONS =
      List.of(
          "What it forbids",
          "Why",
          "Fields and allowed values",
          "How to comply",
          "Before",
          "After",
          "Message");

  @Test
  void noCheckLacksAPageAndNoPageACheck() throws IOException {
    try (Stream<Path> pages = Files.list(Path.of("../docs/checks"))) {
      assertThat(
              pages
                  .map(page -> page.getFileName().toString())
                  .filter(name -> !name.equals("README.md")))
          .containsExactlyInAnyOrderElementsOf(checks().map(check -> check.id() + ".md").toList());
    }
  }

  @ParameterizedTest
  @MethodSource("checks")
  void thePageSaysWhatTheCheckIs(Check check) {
    CheckPage page = CheckPage.load(check.id());
    assertThat(page.id()).isEqualTo(check.id());
    assertThat(page.level()).isEqualTo(check.level().toString());
    assertThat(page.versions())
        .isEqualTo(
            check.revisions().stream().map(revision -> revision.since().toString()).toList());
    assertThat(page.replaces() == null ? List.of() : List.of(page.replaces()))
        .isEqualTo(check.revisions().getLast().overrides());
    assertThat(page.summary()).endsWith(".");
    for (String section : SECTIONS) {
      assertThat(page.section(section)).as(section).isNotEmpty();
    }
    for (String version : page.versions()) {
      assertThat(page.section("Fields and allowed values")).contains("| " + version);
    }
  }

  @ParameterizedTest
  @MethodSource("checks")
  void theManifestBeforeViolatesThisCheckAloneAndTheOneAfterPasses(Check check) {
    CheckPage page = CheckPage.load(check.id());
    assertThat(verdict(check, page.section("Before")).violations())
        .map(Verdict.Violation::check)
        .containsExactly(check);
    assertThat(verdict(check, page.section("After")).allowed()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("checks")
  void theFirstMessageIsThatOfTheManifestBefore(Check check) {
    CheckPage page = CheckPage.load(check.id());
    String messages = page.section("Message");
    String first =
        messages.substring(messages.indexOf("```text\n") + 8).lines().findFirst().orElse("");
    assertThat(List.of(first)).isEqualTo(List.of(verdict(check, page.section("Before")).detail()));
    String reason =
        EVALUATOR
            .evaluate(at(check), workload(page.section("Before")).workloads().getFirst().pod())
            .reason();
    assertThat(page.text()).contains("- Reason: `" + reason + "`");
  }

  @Test
  void theTableOfThePagesIsComplete() throws IOException {
    String table = Files.readString(Path.of("../docs/checks/README.md"));
    String rows =
        String.join(
            "\n",
            EVALUATOR.checks().stream().map(check -> row(CheckPage.load(check.id()))).toList());
    assertThat(table).contains(rows);
  }

  private static String row(CheckPage page) {
    String replaces = page.replaces() == null ? "" : "`" + page.replaces() + "`";
    return "| [`%s`](%s.md) | %s | %s | %s | %s |"
        .formatted(
            page.id(),
            page.id(),
            page.level(),
            String.join(", ", page.versions()),
            replaces,
            page.summary());
  }

  private static Verdict verdict(Check check, String section) {
    ManifestFile file = workload(section);
    assertThat(file.errors()).isEmpty();
    assertThat(file.workloads()).hasSize(1);
    return EVALUATOR.evaluate(at(check), file.workloads().getFirst().pod());
  }

  private static ManifestFile workload(String section) {
    String yaml = section.substring(section.indexOf("```yaml\n") + 8, section.lastIndexOf("```"));
    return new ManifestReader().read("page.yaml", yaml.getBytes(StandardCharsets.UTF_8));
  }

  private static LevelVersion at(Check check) {
    return new LevelVersion(check.level(), Version.LATEST);
  }

  private static Stream<Check> checks() {
    return EVALUATOR.checks().stream();
  }
}
