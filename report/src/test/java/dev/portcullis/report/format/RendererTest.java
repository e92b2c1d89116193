package dev.portcullis.report.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Mode;
import dev.portcullis.policy.json.JsonCursor;
import dev.portcullis.policy.json.JsonLimits;
import dev.portcullis.policy.json.JsonSlice;
import dev.portcullis.report.Baseline;
import dev.portcullis.report.CheckPage;
import dev.portcullis.report.Report;
import dev.portcullis.report.SampleReport;
import dev.portcullis.report.Summary;
import dev.portcullis.testing.Golden;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
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
    var nothing = new Report(0, List.of(), List.of(), List.of());
    assertThat(render(new TextReport(Ink.NONE), nothing))
        .isEqualTo("0 workloads in 0 files: none breaks its policy. 0 skipped, 0 errors.\n");
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
    Golden.assertMatches("report/sample.md", render(new MarkdownReport(), SampleReport.report()));
  }

  @Test
  void knownViolationsAreLeftOutForPeopleAndSuppressedForMachines() throws Exception {
    Report report = SampleReport.report();
    Report known = Baseline.of(report).compare(report).report();
    assertThat(render(new TextReport(Ink.NONE), known))
        .doesNotContain("[hostPorts]")
        .contains("7 of 7 violations known");
    assertThat(render(new GitHubReport(), known)).doesNotContain("hostPorts");
    assertThat(render(new MarkdownReport(), known))
        .doesNotContain("hostPorts")
        .contains("7 violations are known");
    assertThat(render(new SarifReport("1.2.3", PAGES), known))
        .contains("\"suppressions\":[{\"kind\":\"external\"");
    assertThat(render(new JUnitReport(List.of(Mode.ENFORCE)), known))
        .contains("failures=\"0\"")
        .contains("(known)");
    assertThat(known.fails(List.of(Mode.values()))).isFalse();
    assertThat(known.summary())
        .isEqualTo(new Summary(6, 5, 1, 3, 1, report.summary().violations(), 7, 1, 2));
  }

  private static void assertValidJson(String json) throws Exception {
    var cursor =
        new JsonCursor(JsonSlice.of(json.getBytes(StandardCharsets.UTF_8)), JsonLimits.STANDARD);
    cursor.skipValue();
    cursor.end();
  }

  private static String render(Renderer renderer, Report report) throws IOException {
    var out = new StringWriter();
    renderer.render(report, out);
    return out.toString();
  }
}
