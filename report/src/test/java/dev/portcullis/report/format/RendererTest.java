package dev.portcullis.report.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Mode;
import dev.portcullis.policy.json.JsonCursor;
import dev.portcullis.policy.json.JsonLimits;
import dev.portcullis.policy.json.JsonSlice;
import dev.portcullis.report.Baseline;
import dev.portcullis.report.CheckPage;
import dev.portcullis.report.Report;
import dev.portcullis.report.Result;
import dev.portcullis.report.SampleReport;
import dev.portcullis.report.Summary;
import dev.portcullis.testing.Golden;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xml.sax.InputSource;

class RendererTest {
  private static final List<CheckPage> PAGES =
      List.of(
          CheckPage.load("hostPorts"),
          CheckPage.load("sysctls"),
          CheckPage.load("allowPrivilegeEscalation"));

  @Test
  void text() throws IOException {
    Golden.assertMatches(
        "report/sample.txt", render(new TextReport(Ink.NONE), SampleReport.report()));
  }

  @Test
  void textInColour() throws IOException {
    Golden.assertMatches(
        "report/sample.ansi.txt", render(new TextReport(Ink.ANSI), SampleReport.report()));
  }

  @Test
  void textOfNothing() throws IOException {
    var nothing = new Report(0, List.of(), List.of(), List.of(), List.of());
    assertThat(render(new TextReport(Ink.NONE), nothing))
        .isEqualTo("0 workloads in 0 files: none violates its policy. 0 skipped, 0 errors.\n");
  }

  @Test
  void json() throws Exception {
    String json = render(new JsonReport(), SampleReport.report());
    assertValidJson(json);
    Golden.assertMatches("report/sample.json", json);
  }

  @Test
  void sarif() throws Exception {
    String sarif = render(new SarifReport("1.2.3", PAGES), SampleReport.report());
    assertValidJson(sarif);
    Golden.assertMatches("report/sample.sarif", sarif);
  }

  @Test
  void junit() throws Exception {
    String xml = render(new JUnitReport(List.of(Mode.ENFORCE)), SampleReport.report());
    var document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(xml)));
    assertThat(document.getElementsByTagName("testcase").getLength()).isEqualTo(8);
    assertThat(document.getElementsByTagName("failure").getLength()).isEqualTo(2);
    Golden.assertMatches("report/sample.junit.xml", xml);
  }

  @Test
  void junitOfAStricterRun() throws Exception {
    String xml = render(new JUnitReport(List.of(Mode.values())), SampleReport.report());
    assertThat(xml).contains("failures=\"3\" errors=\"2\" skipped=\"2\"");
  }

  @Test
  void github() throws IOException {
    Golden.assertMatches(
        "report/sample.github.txt", render(new GitHubReport(), SampleReport.report()));
  }

  @Test
  void markdown() throws IOException {
    Golden.assertMatches(
        "report/sample.md",
        render(new MarkdownReport(MarkdownReport.MAX_COMMENT), SampleReport.report()));
  }

  @ParameterizedTest
  @EnumSource
  void anObjectOfAClusterHasNoFileAndNoLine(ReportFormat format) throws Exception {
    var context = new ReportFormat.Context(Ink.NONE, "1.2.3", List.of(Mode.ENFORCE));
    String text = render(format.renderer(context), SampleReport.ofCluster());
    // The rules take most of SARIF, and are in its own file.
    Golden.assertMatches(
        "report/cluster." + format,
        format == ReportFormat.SARIF ? text.substring(text.indexOf("\"columnKind\"")) : text);
  }

  @Test
  void knownViolationsAreLeftOutForPeopleAndSuppressedForMachines() throws Exception {
    Report report = SampleReport.report();
    Report known = Baseline.of(report).compare(report).report();
    assertThat(render(new TextReport(Ink.NONE), known))
        .doesNotContain("[hostPorts]")
        .contains("7 of 7 violations known");
    assertThat(render(new GitHubReport(), known)).doesNotContain("hostPorts");
    assertThat(render(new MarkdownReport(MarkdownReport.MAX_COMMENT), known))
        .doesNotContain("hostPorts")
        .contains("7 violations are known");
    assertThat(render(new SarifReport("1.2.3", PAGES), known))
        .contains("\"suppressions\":[{\"kind\":\"external\"");
    assertThat(render(new JUnitReport(List.of(Mode.ENFORCE)), known))
        .contains("failures=\"0\"")
        .contains("(known)");
    assertThat(known.fails(List.of(Mode.values()))).isFalse();
    assertThat(known.summary())
        .isEqualTo(new Summary(6, 5, 1, 3, 1, report.summary().violations(), 7, 0, 1, 2));
  }

  @Test
  void githubShowsTenOfASeverityAndSaysHowManyItLeavesOut() throws IOException {
    String[] lines = render(new GitHubReport(), manyWorkloads(37)).split("\n", -1);
    assertThat(lines).filteredOn(line -> line.startsWith("::error ")).hasSize(10);
    assertThat(lines[0]).contains("title=hostPorts").contains("file=baseline.yaml");
    assertThat(lines)
        .contains(
            "portcullis: 28 more annotations left out: GitHub shows 10 of each severity a step");
  }

  @Test
  void aNameStartsNoWorkflowCommand() throws IOException {
    Report report =
        SampleReport.named("::error::a", "::warning::b\r\n::stop-commands::x##[error]c");
    for (Renderer renderer :
        List.of(new TextReport(Ink.NONE), new MarkdownReport(MarkdownReport.MAX_COMMENT))) {
      assertThat(render(renderer, report).lines().map(String::strip))
          .noneMatch(line -> line.startsWith("::"));
    }
    assertThat(render(new TextReport(Ink.NONE), report)).doesNotContain("##[");
    assertThat(render(new GitHubReport(), report).lines()).hasSize(3);
  }

  @Test
  void markdownFitsIntoACommentAndSaysWhatItLeavesOut() throws IOException {
    String text = render(new MarkdownReport(MarkdownReport.MAX_COMMENT), manyWorkloads(5_000));
    assertThat(text.length()).isBetween(60_000, MarkdownReport.MAX_COMMENT);
    assertThat(text)
        .matches(
            "(?s).*\\*\\*Left out, because GitHub takes at most 65536 characters here:\\*\\* \\d+"
                + " workloads that violate their policy and 0 other lines\\.\\n");
  }

  @Test
  void sarifHoldsAsManyResultsAsCodeScanningTakes() throws Exception {
    String sarif = render(new SarifReport("1.2.3", PAGES), manyWorkloads(26_000));
    assertValidJson(sarif);
    assertThat(sarif.lines().filter(line -> line.startsWith("{\"ruleId\""))).hasSize(25_000);
    assertThat(sarif.contains("1003 results were left out")).isTrue();
  }

  @Test
  void aFingerprintOutlivesTheRenameOfATwin() throws IOException {
    Report both = SampleReport.report();
    var twins = new ArrayList<Result>();
    Result web = both.results().get(1);
    twins.add(SampleReport.moved(web, "dev/web.yaml", "web"));
    twins.add(SampleReport.moved(web, "prod/web.yaml", "web"));
    String before = render(new SarifReport("1.2.3", PAGES), both.with(twins));
    twins.set(0, SampleReport.moved(web, "dev/web.yaml", "renamed"));
    String after = render(new SarifReport("1.2.3", PAGES), both.with(twins));
    assertThat(fingerprints(after, "prod/web.yaml"))
        .isNotEmpty()
        .isEqualTo(fingerprints(before, "prod/web.yaml"));
    assertThat(fingerprints(before, "prod/web.yaml"))
        .doesNotContainAnyElementsOf(fingerprints(before, "dev/web.yaml"));
  }

  private static List<String> fingerprints(String sarif, String file) {
    return sarif
        .lines()
        .filter(line -> line.startsWith("{\"ruleId\"") && line.contains(file))
        .map(line -> line.replaceAll(".*\"partialFingerprints\":(\\{[^}]*}).*", "$1"))
        .toList();
  }

  /** Workloads that violate restricted, and one that violates baseline at the end. */
  private static Report manyWorkloads(int count) {
    Report sample = SampleReport.report();
    var results = new ArrayList<Result>();
    for (int i = 0; i < count; i++) {
      results.add(SampleReport.restrictedOnly("k8s/" + i + ".yaml", "web-" + i));
    }
    results.add(SampleReport.moved(sample.results().get(1), "baseline.yaml", "web"));
    return new Report(count, results, List.of(), List.of(), List.of());
  }

  private static void assertValidJson(String json) throws Exception {
    var cursor =
        new JsonCursor(
            JsonSlice.of(json.getBytes(StandardCharsets.UTF_8)),
            new JsonLimits(1 << 26, 64, 10_000_000));
    cursor.skipValue();
    cursor.end();
  }

  private static String render(Renderer renderer, Report report) throws IOException {
    var out = new StringWriter();
    renderer.render(report, out);
    return out.toString();
  }
}
