package dev.portcullis.advice.migrate;

import dev.portcullis.advice.migrate.MigrationReport.Account;
import dev.portcullis.advice.migrate.MigrationReport.Edit;
import dev.portcullis.advice.migrate.MigrationReport.Namespace;
import dev.portcullis.advice.migrate.MigrationReport.Policy;
import dev.portcullis.advice.migrate.MigrationReport.Remedy;
import dev.portcullis.advice.migrate.MigrationReport.Workload;
import dev.portcullis.advice.migrate.psp.Comparison;
import dev.portcullis.advice.migrate.psp.FieldVerdict;
import dev.portcullis.advice.migrate.psp.Mutation;
import dev.portcullis.advice.migrate.psp.PolicyGrants;
import dev.portcullis.policy.Level;
import dev.portcullis.policy.json.JsonWriter;
import dev.portcullis.report.InputError;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The report for programs; docs/migrate-psp.md describes it. */
public final class MigrationJson {
  private final JsonWriter json;

  private MigrationJson(Writer out) {
    this.json = new JsonWriter(out);
  }

  /** Writes the report. */
  public static void render(MigrationReport report, List<InputError> errors, Writer out)
      throws IOException {
    new MigrationJson(out).report(report, errors);
  }

  private void report(MigrationReport report, List<InputError> errors) throws IOException {
    json.beginObject();
    json.field("version", report.version());
    json.field("undecided", report.undecided());
    json.name("policies").beginArray();
    for (Policy policy : report.policies()) {
      policy(policy);
    }
    json.endArray();
    json.line();
    json.name("namespaces").beginArray();
    for (Namespace namespace : report.namespaces()) {
      namespace(namespace);
    }
    json.endArray();
    json.line();
    strings("notes", report.notes());
    json.name("errors").beginArray();
    for (InputError error : errors) {
      json.line();
      json.beginObject()
          .field("file", error.file())
          .field("line", error.line())
          .field("column", error.column())
          .field("message", error.message())
          .endObject();
    }
    json.endArray().endObject();
    json.line();
    json.flush();
  }

  private void policy(Policy policy) throws IOException {
    var verdict = policy.verdict();
    json.line();
    json.beginObject()
        .field("name", verdict.policy().name())
        .field("file", policy.file())
        .field("line", policy.line())
        .field("level", verdict.level())
        .field("exact", verdict.exact())
        .field("verdict", verdict.sentence());
    json.name("fields").beginArray();
    for (FieldVerdict field : verdict.fields()) {
      json.line();
      json.beginObject()
          .field("field", field.field())
          .field("effect", field.field().effect())
          .field("value", field.set() ? field.value() : null)
          .field("level", field.level());
      for (Level level : Level.values()) {
        comparison(level.toString(), field.at(level));
      }
      json.field("remark", field.remark()).endObject();
    }
    json.endArray();
    json.name("mutations").beginArray();
    for (Mutation mutation : policy.mutations()) {
      json.line();
      json.beginObject()
          .field("field", mutation.field())
          .field("path", mutation.target().path())
          .field("everyContainer", mutation.target().container())
          .field("value", mutation.target().list() ? "[" + mutation.json() + "]" : mutation.json())
          .endObject();
    }
    json.endArray();
    json.name("uses").beginArray();
    for (PolicyGrants.Use use : policy.uses()) {
      json.line();
      json.beginObject()
          .field("kind", use.subject().kind())
          .field("subjectNamespace", use.subject().namespace())
          .field("name", use.subject().name())
          .field("namespace", use.namespace().isEmpty() ? null : use.namespace())
          .field("by", use.by())
          .endObject();
    }
    json.endArray();
    strings("unknownFields", policy.unknownFields());
    json.endObject();
  }

  private void comparison(String name, Comparison comparison) throws IOException {
    json.name(name)
        .beginObject()
        .field("relation", comparison.relation().name().toLowerCase(Locale.ROOT));
    if (!comparison.laxer().isEmpty()) {
      json.field("allows", comparison.laxer());
    }
    if (!comparison.stricter().isEmpty()) {
      json.field("refuses", comparison.stricter());
    }
    json.endObject();
  }

  private void namespace(Namespace namespace) throws IOException {
    json.line();
    json.beginObject()
        .field("name", namespace.name().isEmpty() ? null : namespace.name())
        .field("policiesCorrespondTo", namespace.bound())
        .field("enforce", namespace.enforce())
        .field("decision", namespace.decision().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    labels("labels", namespace.labels());
    labels("labelsNow", namespace.labelled());
    accounts("serviceAccounts", namespace.accounts());
    accounts("controllers", namespace.controllers());
    json.name("workloads").beginArray();
    for (Workload workload : namespace.workloads()) {
      workload(workload);
    }
    json.endArray().endObject();
  }

  private void labels(String name, Map<String, String> labels) throws IOException {
    json.name(name).beginObject();
    for (var label : labels.entrySet()) {
      json.field(label.getKey(), label.getValue());
    }
    json.endObject();
  }

  private void accounts(String name, List<Account> accounts) throws IOException {
    json.name(name).beginArray();
    for (Account account : accounts) {
      json.line();
      json.beginObject().field("name", account.name());
      strings("policies", account.policies());
      json.endObject();
    }
    json.endArray();
  }

  private void workload(Workload workload) throws IOException {
    json.line();
    json.beginObject()
        .field("workload", workload.title())
        .field("file", workload.file())
        .field("line", workload.line())
        .field("serviceAccount", workload.account())
        .field("passes", workload.passes());
    json.name("remedies").beginObject();
    for (Level level : List.of(Level.BASELINE, Level.RESTRICTED)) {
      if (!workload.remedies(level).isEmpty()) {
        json.name(level.toString()).beginArray();
        for (Remedy remedy : workload.remedies(level)) {
          json.line();
          json.beginObject()
              .field("check", remedy.check())
              .field("risk", remedy.risk())
              .field("effect", remedy.effect());
          strings("options", remedy.options());
          json.endObject();
        }
        json.endArray();
      }
    }
    json.endObject();
    json.name("filledIn").beginArray();
    for (Edit edit : workload.edits()) {
      json.line();
      json.beginObject().field("where", edit.where()).field("value", edit.value());
      strings("policies", edit.policies());
      json.field("certain", edit.certain()).endObject();
    }
    json.endArray().endObject();
  }

  private void strings(String name, List<String> strings) throws IOException {
    json.name(name).beginArray();
    for (String string : strings) {
      json.value(string);
    }
    json.endArray();
  }
}
