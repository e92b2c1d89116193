package dev.portcullis.report.format;

import static java.util.Comparator.comparingInt;

import dev.portcullis.policy.Mode;
import dev.portcullis.policy.json.JsonWriter;
import dev.portcullis.report.CheckPage;
import dev.portcullis.report.Fingerprint;
import dev.portcullis.report.InputError;
import dev.portcullis.report.ModeVerdict;
import dev.portcullis.report.Note;
import dev.portcullis.report.Origin;
import dev.portcullis.report.Place;
import dev.portcullis.report.Printable;
import dev.portcullis.report.Report;
import dev.portcullis.report.Result;
import dev.portcullis.report.Skipped;
import dev.portcullis.report.Violation;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The report in the Static Analysis Results Interchange Format, for code scanning: a rule a check,
 * a result a place.
 *
 * @see <a href="https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html">SARIF 2.1.0</a>
 */
public final class SarifReport implements Renderer {
  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

  /** The most results that GitHub's code scanning takes of a run. */
  static final int MAX_RESULTS = 25_000;

  private static final String STANDARDS =
      "https://kubernetes.io/docs/concepts/security/pod-security-standards/";

  private final String version;
  private final List<CheckPage> pages;

  /** Names this version of Portcullis as its author, and explains the rules by these pages. */
  public SarifReport(String version, List<CheckPage> pages) {
    this.version = version;
    this.pages = List.copyOf(pages);
  }

  @Override
  public void render(Report report, Writer out) throws IOException {
    var json = new JsonWriter(out);
    json.beginObject().field("$schema", SCHEMA).field("version", "2.1.0");
    json.name("runs").beginArray().beginObject();
    json.line().name("tool").beginObject().name("driver").beginObject();
    json.field("name", "Portcullis")
        .field("semanticVersion", version)
        .field("informationUri", STANDARDS);
    json.name("rules").beginArray();
    Map<String, Integer> ruleIndex = new HashMap<>();
    for (CheckPage page : pages) {
      ruleIndex.put(page.id(), ruleIndex.size());
      rule(json.line(), page);
    }
    json.endArray().endObject().endObject();
    json.line().field("columnKind", "utf16CodeUnits");
    json.line().name("invocations").beginArray();
    List<Finding> all = findings(report);
    List<Finding> kept = gravest(all);
    invocation(json, report, all.size() - kept.size());
    json.endArray().line().name("results").beginArray();
    Map<String, Integer> seen = new HashMap<>();
    for (Finding finding : kept) {
      result(json.line(), finding, ruleIndex, seen);
    }
    json.endArray().endObject().endArray().endObject().flush();
    out.write('\n');
  }

  /** A violation at one place, in its gravest mode. */
  private record Finding(Result result, ModeVerdict verdict, Violation violation, Place place) {}

  private static List<Finding> findings(Report report) {
    var findings = new ArrayList<Finding>();
    for (Result result : report.results()) {
      Set<List<String>> told = new HashSet<>();
      for (ModeVerdict verdict : result.gravestFirst()) {
        for (Violation violation : verdict.violations()) {
          for (Place place : violation.places()) {
            if (told.add(List.of(violation.check(), place.path()))) {
              findings.add(new Finding(result, verdict, violation, place));
            }
          }
        }
      }
    }
    return findings;
  }

  /** {@return all of them, or as many as a run may hold, enforce before warn before audit} */
  private static List<Finding> gravest(List<Finding> all) {
    if (all.size() <= MAX_RESULTS) {
      return all;
    }
    var sorted = new ArrayList<>(all);
    sorted.sort(
        comparingInt(finding ->
            switch (finding.verdict().mode()) {
              case ENFORCE -> 0;
              case WARN -> 1;
              case AUDIT -> 2;
            }));
    return sorted.subList(0, MAX_RESULTS);
  }

  private static void rule(JsonWriter json, CheckPage page) throws IOException {
    json.beginObject().field("id", page.id()).field("name", page.id());
    json.name("shortDescription").beginObject().field("text", page.summary()).endObject();
    json.name("fullDescription")
        .beginObject()
        .field("text", page.section("What it forbids"))
        .endObject();
    json.field("helpUri", STANDARDS + "#" + page.level());
    json.name("help").beginObject();
    json.field("text", page.section("How to comply")).field("markdown", page.text()).endObject();
    json.name("defaultConfiguration").beginObject().field("level", "error").endObject();
    json.name("properties")
        .beginObject()
        .field("security-severity", page.level().equals("baseline") ? "8.0" : "5.5")
        .name("tags")
        .beginArray();
    json.value("security").value("kubernetes").value("pod-security").value(page.level());
    json.endArray().endObject().endObject();
  }

  private static void invocation(JsonWriter json, Report report, int left) throws IOException {
    json.beginObject().field("executionSuccessful", report.errors().isEmpty());
    json.name("toolExecutionNotifications").beginArray();
    for (InputError error : report.errors()) {
      notification(
          json.line(), "error", error.message(), error.file(), error.line(), error.column());
    }
    for (Skipped skipped : report.skipped()) {
      notification(json.line(), "note", skipped.reason(), skipped.file(), skipped.line(), 0);
    }
    for (Note note : report.notes()) {
      notification(json.line(), "note", note.message(), note.file(), note.line(), note.column());
    }
    if (left > 0) {
      notification(
          json.line(),
          "warning",
          left
              + " results were left out, because code scanning takes at most "
              + MAX_RESULTS
              + " of a run",
          "",
          0,
          0);
    }
    json.endArray().endObject();
  }

  private static void notification(
      JsonWriter json, String level, String text, String file, int line, int column)
      throws IOException {
    json.beginObject().field("level", level);
    json.name("message").beginObject().field("text", Printable.of(text)).endObject();
    if (!file.isEmpty()) {
      json.name("locations").beginArray().beginObject();
      physical(json, file, line, column, 0);
      json.endObject().endArray();
    }
    json.endObject();
  }

  private static void result(
      JsonWriter json, Finding finding, Map<String, Integer> ruleIndex, Map<String, Integer> seen)
      throws IOException {
    Result result = finding.result();
    ModeVerdict verdict = finding.verdict();
    Violation violation = finding.violation();
    Place place = finding.place();
    json.beginObject().field("ruleId", violation.check());
    Integer rule = ruleIndex.get(violation.check());
    if (rule != null) {
      json.field("ruleIndex", rule);
    }
    json.field("level", severity(verdict.mode()));
    json.name("message").beginObject();
    json.field(
            "text",
            Printable.of(result.title() + " violates " + verdict.at() + ": " + violation.message()))
        .endObject();
    json.name("locations").beginArray().beginObject();
    if (result.origin() instanceof Origin.InFile in) {
      physical(json, in.name(), place.line(), place.column(), place.endColumn());
    }
    json.name("logicalLocations").beginArray().beginObject();
    json.field("name", place.path())
        .field("fullyQualifiedName", result.title() + ": " + place.path());
    json.endObject().endArray().endObject().endArray();
    String fingerprint = Fingerprint.of(result, violation.check(), place);
    String inFile = Fingerprint.of(fingerprint, result.file());
    int occurrence = seen.merge(inFile, 1, Integer::sum);
    json.name("partialFingerprints").beginObject();
    json.field("portcullis/v2", fingerprint)
        .field("portcullisFile/v1", occurrence == 1 ? inFile : inFile + ":" + occurrence)
        .endObject();
    if (!violation.counts()) {
      boolean inSource = violation.suppression() != null;
      json.name("suppressions").beginArray().beginObject();
      json.field("kind", inSource ? "inSource" : "external")
          .field(
              "justification",
              inSource
                  ? Printable.of(String.valueOf(violation.suppression()))
                  : "known from the baseline")
          .endObject()
          .endArray();
    }
    json.name("properties").beginObject();
    json.field("mode", verdict.mode()).field("policy", verdict.at()).endObject().endObject();
  }

  private static void physical(JsonWriter json, String file, int line, int column, int endColumn)
      throws IOException {
    json.name("physicalLocation").beginObject();
    json.name("artifactLocation").beginObject().field("uri", uri(file)).endObject();
    if (line > 0) {
      json.name("region").beginObject().field("startLine", line);
      if (column > 0) {
        json.field("startColumn", column);
      }
      if (endColumn > column) {
        json.field("endColumn", endColumn);
      }
      json.endObject();
    }
    json.endObject();
  }

  /** Relative files stay relative: the reader of the report knows the root of the checkout. */
  private static String uri(String file) {
    String path = file.replace('\\', '/');
    try {
      return Path.of(file).isAbsolute()
          ? new URI("file", "", path, null).toASCIIString()
          : relative(path);
    } catch (URISyntaxException impossibleName) {
      throw new IllegalArgumentException(file, impossibleName);
    }
  }

  /** A colon in the first segment would make it a scheme, so it is escaped. */
  private static String relative(String path) throws URISyntaxException {
    String clean = path;
    while (clean.startsWith("./")) {
      clean = clean.substring(2);
    }
    String uri = new URI(null, null, "/" + clean, null).toASCIIString().substring(1);
    int slash = uri.indexOf('/');
    String first = slash < 0 ? uri : uri.substring(0, slash);
    return first.replace(":", "%3A") + uri.substring(first.length());
  }

  private static String severity(Mode mode) {
    return switch (mode) {
      case ENFORCE -> "error";
      case WARN -> "warning";
      case AUDIT -> "note";
    };
  }
}
