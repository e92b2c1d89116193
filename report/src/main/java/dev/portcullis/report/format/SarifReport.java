package dev.portcullis.report.format;

import dev.portcullis.policy.Mode;
import dev.portcullis.policy.json.JsonWriter;
import dev.portcullis.report.CheckPage;
import dev.portcullis.report.Fingerprint;
import dev.portcullis.report.InputError;
import dev.portcullis.report.ModeVerdict;
import dev.portcullis.report.Place;
import dev.portcullis.report.Report;
import dev.portcullis.report.Result;
import dev.portcullis.report.Skipped;
import dev.portcullis.report.Violation;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
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
    invocation(json, report);
    json.endArray().line().name("results").beginArray();
    Map<String, Integer> seen = new HashMap<>();
    for (Result result : report.results()) {
      Set<List<String>> told = new HashSet<>();
      for (ModeVerdict verdict : result.gravestFirst()) {
        for (Violation violation : verdict.violations()) {
          for (Place place : violation.places()) {
            if (told.add(List.of(violation.check(), place.path()))) {
              result(json.line(), result, verdict, violation, place, ruleIndex, seen);
            }
          }
        }
      }
    }
    json.endArray().endObject().endArray().endObject().flush();
    out.write('\n');
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
    json.name("properties").beginObject().name("tags").beginArray();
    json.value("security").value("kubernetes").value("pod-security").value(page.level());
    json.endArray().endObject().endObject();
  }

  private static void invocation(JsonWriter json, Report report) throws IOException {
    json.beginObject().field("executionSuccessful", report.errors().isEmpty());
    json.name("toolExecutionNotifications").beginArray();
    for (InputError error : report.errors()) {
      notification(
          json.line(), "error", error.message(), error.file(), error.line(), error.column());
    }
    for (Skipped skipped : report.skipped()) {
      notification(json.line(), "note", skipped.reason(), skipped.file(), skipped.line(), 0);
    }
    json.endArray().endObject();
  }

  private static void notification(
      JsonWriter json, String level, String text, String file, int line, int column)
      throws IOException {
    json.beginObject().field("level", level);
    json.name("message").beginObject().field("text", text).endObject();
    json.name("locations").beginArray().beginObject();
    physical(json, file, line, column);
    json.endObject().endArray().endObject();
  }

  private static void result(
      JsonWriter json,
      Result result,
      ModeVerdict verdict,
      Violation violation,
      Place place,
      Map<String, Integer> ruleIndex,
      Map<String, Integer> seen)
      throws IOException {
    json.beginObject().field("ruleId", violation.check());
    Integer rule = ruleIndex.get(violation.check());
    if (rule != null) {
      json.field("ruleIndex", rule);
    }
    json.field("level", severity(verdict.mode()));
    json.name("message").beginObject();
    json.field("text", result.title() + " violates " + verdict.at() + ": " + violation.message())
        .endObject();
    json.name("locations").beginArray().beginObject();
    physical(json, result.file(), place.line(), place.column());
    json.name("logicalLocations").beginArray().beginObject();
    json.field("name", place.path())
        .field("fullyQualifiedName", result.title() + ": " + place.path());
    json.endObject().endArray().endObject().endArray();
    String fingerprint = Fingerprint.of(result, violation.check(), place);
    int occurrence = seen.merge(fingerprint, 1, Integer::sum);
    json.name("partialFingerprints").beginObject();
    json.field("portcullis/v1", fingerprint + ":" + occurrence).endObject();
    if (violation.known()) {
      json.name("suppressions").beginArray().beginObject();
      json.field("kind", "external")
          .field("justification", "known from the baseline")
          .endObject()
          .endArray();
    }
    json.name("properties").beginObject();
    json.field("mode", verdict.mode()).field("policy", verdict.at()).endObject().endObject();
  }

  private static void physical(JsonWriter json, String file, int line, int column)
      throws IOException {
    json.name("physicalLocation").beginObject();
    json.name("artifactLocation").beginObject().field("uri", uri(file)).endObject();
    if (line > 0) {
      json.name("region").beginObject().field("startLine", line);
      if (column > 0) {
        json.field("startColumn", column);
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
          : new URI(null, null, path.contains(":") ? "./" + path : path, null).toASCIIString();
    } catch (URISyntaxException impossibleName) {
      throw new IllegalArgumentException(file, impossibleName);
    }
  }

  private static String severity(Mode mode) {
    return switch (mode) {
      case ENFORCE -> "error";
      case WARN -> "warning";
      case AUDIT -> "note";
    };
  }
}
