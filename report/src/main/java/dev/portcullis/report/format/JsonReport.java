package dev.portcullis.report.format;

import dev.portcullis.policy.Mode;
import dev.portcullis.policy.json.JsonWriter;
import dev.portcullis.report.InputError;
import dev.portcullis.report.ModeVerdict;
import dev.portcullis.report.Note;
import dev.portcullis.report.Origin;
import dev.portcullis.report.Place;
import dev.portcullis.report.Report;
import dev.portcullis.report.Result;
import dev.portcullis.report.Skipped;
import dev.portcullis.report.Summary;
import dev.portcullis.report.Violation;
import java.io.IOException;
import java.io.Writer;

/** The report as one JSON object; docs/output-formats.md describes every member. */
public final class JsonReport implements Renderer {
  /** Has nothing to choose. */
  public JsonReport() {}

  @Override
  public void render(Report report, Writer out) throws IOException {
    var json = new JsonWriter(out);
    json.beginObject().name("results").beginArray();
    for (Result result : report.results()) {
      result(json.line(), result);
    }
    json.endArray().line().name("skipped").beginArray();
    for (Skipped skipped : report.skipped()) {
      json.line().beginObject();
      json.field("file", skipped.file()).field("document", skipped.document());
      json.field("line", skipped.line()).field("reason", skipped.reason()).endObject();
    }
    json.endArray().line().name("errors").beginArray();
    for (InputError error : report.errors()) {
      json.line().beginObject();
      json.field("file", error.file()).field("line", error.line());
      json.field("column", error.column()).field("message", error.message()).endObject();
    }
    json.endArray().line().name("notes").beginArray();
    for (Note note : report.notes()) {
      json.line().beginObject();
      json.field("file", note.file()).field("line", note.line());
      json.field("column", note.column()).field("message", note.message()).endObject();
    }
    json.endArray().line().name("summary");
    summary(json, report.summary());
    json.endObject().flush();
    out.write('\n');
  }

  private static void result(JsonWriter json, Result result) throws IOException {
    json.beginObject();
    origin(json, result.origin());
    json.field("kind", result.kind())
        .field("namespace", result.namespace())
        .field("name", result.name());
    if (!result.template().isEmpty()) {
      json.field("template", result.template());
    }
    if (!result.caution().isEmpty()) {
      json.field("caution", result.caution());
    }
    json.field("policySource", result.policySource()).field("exempt", result.exempt());
    json.name("verdicts").beginArray();
    for (ModeVerdict verdict : result.verdicts()) {
      json.beginObject();
      json.field("mode", verdict.mode());
      json.field("level", verdict.at().level()).field("version", verdict.at().version());
      json.field("allowed", verdict.allowed());
      json.field("reason", verdict.reason()).field("detail", verdict.detail());
      json.name("violations").beginArray();
      for (Violation violation : verdict.violations()) {
        violation(json, violation);
      }
      json.endArray().endObject();
    }
    json.endArray().endObject();
  }

  private static void origin(JsonWriter json, Origin origin) throws IOException {
    switch (origin) {
      case Origin.InFile in ->
          json.field("file", in.name()).field("document", in.document()).field("line", in.line());
      case Origin.InCluster in -> {
        json.field("cluster", in.name());
        json.field("apiVersion", in.apiVersion()).field("uid", in.uid());
        Origin.Owner owner = in.owner();
        if (owner != null) {
          json.name("owner").beginObject();
          json.field("apiVersion", owner.apiVersion()).field("kind", owner.kind());
          json.field("name", owner.name()).field("uid", owner.uid()).endObject();
        }
      }
    }
  }

  private static void violation(JsonWriter json, Violation violation) throws IOException {
    json.beginObject();
    json.field("check", violation.check());
    json.field("reason", violation.reason()).field("detail", violation.detail());
    json.name("fields").beginArray();
    for (Place place : violation.places()) {
      json.beginObject();
      json.field("path", place.path()).field("line", place.line()).field("column", place.column());
      json.field("value", place.value()).endObject();
    }
    json.endArray();
    if (violation.suppression() != null) {
      json.field("suppressed", violation.suppression());
    }
    json.endObject();
  }

  private static void summary(JsonWriter json, Summary summary) throws IOException {
    json.beginObject();
    json.field("files", summary.files()).field("workloads", summary.workloads());
    json.field("allowed", summary.allowed()).field("violating", summary.violating());
    json.field("exempt", summary.exempt());
    json.name("violations").beginObject();
    for (Mode mode : Mode.values()) {
      json.field(mode.toString(), summary.violations(mode));
    }
    json.endObject();
    json.field("known", summary.known()).field("suppressed", summary.suppressed());
    json.field("skipped", summary.skipped()).field("errors", summary.errors());
    json.endObject();
  }
}
