package dev.portcullis.advice.migrate;

import dev.portcullis.advice.migrate.MigrationReport.Account;
import dev.portcullis.advice.migrate.MigrationReport.Edit;
import dev.portcullis.advice.migrate.MigrationReport.Namespace;
import dev.portcullis.advice.migrate.MigrationReport.Policy;
import dev.portcullis.advice.migrate.MigrationReport.Remedy;
import dev.portcullis.advice.migrate.MigrationReport.Workload;
import dev.portcullis.advice.migrate.psp.FieldVerdict;
import dev.portcullis.advice.migrate.psp.Mutation;
import dev.portcullis.advice.migrate.psp.PodSecurityPolicy;
import dev.portcullis.advice.migrate.psp.PolicyGrants;
import dev.portcullis.advice.migrate.psp.PolicyVerdict;
import dev.portcullis.policy.Level;
import dev.portcullis.policy.PolicyLabels;
import dev.portcullis.policy.remedy.Risk;
import dev.portcullis.report.Plural;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sentences of a report for people, whatever they are written in. */
final class MigrationOutline {
  private final MigrationReport report;
  private final List<Line> lines = new ArrayList<>();

  /** What a line is. */
  enum Kind {
    CHAPTER,
    SECTION,
    SENTENCE,
    ITEM,
    CODE
  }

  /**
   * A line.
   *
   * @param depth how deep an item stands in others, from 0
   */
  record Line(Kind kind, int depth, String text) {}

  private MigrationOutline(MigrationReport report) {
    this.report = report;
  }

  static List<Line> of(MigrationReport report) {
    var outline = new MigrationOutline(report);
    outline.write();
    return outline.lines;
  }

  private void write() {
    if (!report.policies().isEmpty()) {
      add(Kind.CHAPTER, 0, "Policies");
      report.policies().forEach(this::policy);
    }
    if (!report.namespaces().isEmpty()) {
      add(Kind.CHAPTER, 0, "Namespaces");
      report.namespaces().forEach(this::namespace);
    }
    add(Kind.CHAPTER, 0, "What cannot be known from here");
    item(
        0,
        "Which people and programs outside of these namespaces create pods there. A pod is also"
            + " admitted by a policy that its creator may use; see who may use each policy.");
    item(
        0,
        "How the controller manager runs. With --use-service-account-credentials pods of a"
            + " Deployment are created by kube-system's replicaset-controller, and so on; without"
            + " it by system:kube-controller-manager. Both are taken into account.");
    if (!report.notes().isEmpty()) {
      add(Kind.CHAPTER, 0, "Notes");
      report.notes().forEach(note -> item(0, note + "."));
    }
  }

  private void policy(Policy policy) {
    PolicyVerdict verdict = policy.verdict();
    PodSecurityPolicy source = verdict.policy();
    Level level = verdict.level();
    add(Kind.SECTION, 0, source.name() + " (" + place(policy.file(), policy.line()) + ")");
    add(Kind.SENTENCE, 0, capital(verdict.sentence()) + ".");
    if (level == Level.PRIVILEGED) {
      laxer(verdict, Level.BASELINE, List.of());
    }
    if (level != Level.RESTRICTED) {
      laxer(verdict, Level.RESTRICTED, verdict.laxer(Level.BASELINE));
    }
    Level beside = verdict.intended();
    List<FieldVerdict> stricter = verdict.stricter(beside);
    if (!stricter.isEmpty()) {
      item(0, "Stricter than " + beside + ", which no longer refuses:");
      for (FieldVerdict field : stricter) {
        item(1, named(field) + ": " + field.at(beside).stricter());
      }
    }
    if (beside != Level.PRIVILEGED) {
      covered(verdict, beside);
    }
    if (!policy.mutations().isEmpty()) {
      item(0, "Filled in where a pod leaves it out; manifests must say it from then on:");
      for (Mutation mutation : policy.mutations()) {
        item(1, mutation.field() + ": " + mutation);
      }
    }
    for (FieldVerdict field : verdict.fields()) {
      if (!field.remark().isEmpty()) {
        item(0, "Note on " + field.field() + ": " + field.remark());
      }
    }
    policy.unknownFields().forEach(unknown -> item(0, "Not judged: " + unknown));
    uses(policy.uses());
  }

  private void laxer(PolicyVerdict verdict, Level level, List<FieldVerdict> told) {
    List<FieldVerdict> laxer =
        verdict.laxer(level).stream().filter(field -> !told.contains(field)).toList();
    if (!laxer.isEmpty()) {
      item(0, "Laxer than " + level + (told.isEmpty() ? "" : " besides") + "; it allows:");
      for (FieldVerdict field : laxer) {
        item(1, named(field) + ": " + field.at(level).laxer());
      }
    }
  }

  private void covered(PolicyVerdict verdict, Level level) {
    List<String> covered =
        verdict.fields().stream()
            .filter(field -> field.set() && field.at(level).covered())
            .filter(field -> field.at(level).stricter().isEmpty())
            .filter(field -> !field.privileged().stricter().isEmpty())
            .map(field -> field.field().toString())
            .toList();
    if (!covered.isEmpty()) {
      item(0, "Covered by " + level + ": " + String.join(", ", covered));
    }
  }

  private void uses(List<PolicyGrants.Use> uses) {
    if (uses.isEmpty()) {
      item(0, "No binding in the inputs grants it.");
      return;
    }
    item(0, "May be used by:");
    for (PolicyGrants.Use use : uses) {
      String where = use.namespace().isEmpty() ? "everywhere" : "in " + use.namespace();
      item(1, use.subject() + " " + where + " (" + use.by() + ")");
    }
  }

  private void namespace(Namespace namespace) {
    String next = namespace.next().toString();
    if (namespace.name().isEmpty()) {
      add(Kind.SECTION, 0, "(no namespace)");
      add(
          Kind.SENTENCE,
          0,
          "These workloads name no namespace, so which policies they fall under is not known; give"
              + " --namespace.");
    } else {
      add(Kind.SECTION, 0, namespace.name() + ": " + modes(namespace));
      add(Kind.SENTENCE, 0, decision(namespace));
      if (!namespace.labels().isEmpty()) {
        item(0, "Labels:");
        namespace.labels().forEach((key, value) -> add(Kind.CODE, 1, key + ": " + value));
      }
      labelled(namespace);
      accounts("Service accounts and the policies they may use:", namespace.accounts());
      accounts("Controllers that may use policies on their behalf:", namespace.controllers());
    }
    if (namespace.enforce() != Level.PRIVILEGED) {
      refused(namespace, namespace.enforce(), "Refused by " + namespace.enforce());
    }
    if (namespace.enforce() != Level.RESTRICTED && !namespace.workloads().isEmpty()) {
      refused(namespace, namespace.next(), "One level further, " + next);
    }
    edits(namespace);
  }

  private String modes(Namespace namespace) {
    if (namespace.labels().isEmpty()) {
      return "yours to decide";
    }
    String audit = namespace.labels().getOrDefault(PolicyLabels.AUDIT, "");
    String warn = namespace.labels().getOrDefault(PolicyLabels.WARN, "");
    return "enforce "
        + namespace.enforce()
        + (audit.equals(warn) ? ", audit and warn " + audit : ", audit " + audit + ", warn " + warn)
        + ", "
        + report.version();
  }

  private static String decision(Namespace namespace) {
    int all = namespace.workloads().size();
    Level enforce = namespace.enforce();
    return switch (namespace.decision()) {
      case POLICIES ->
          "What its policies allow corresponds to "
              + enforce
              + (all == 0
                  ? "; no workload is known."
                  : ", which refuses none of " + Plural.of(all, "workload") + " known.");
      case WORKLOADS ->
          "Its policies correspond to "
              + namespace.bound()
              + ", but "
              + refusedOf(namespace, String.valueOf(namespace.bound()), namespace.bound())
              + "; "
              + enforce
              + " refuses none.";
      case WORKLOADS_ALONE ->
          "No policy is known that its service accounts may use; "
              + enforce
              + " refuses none of "
              + Plural.of(all, "workload")
              + " known.";
      case LABELS -> "It enforces " + enforce + " by its labels already, which is not made laxer.";
      case UNKNOWN ->
          "Neither a policy that its service accounts may use nor a workload is known, so there are"
              + " no labels to propose.";
    };
  }

  private static String refusedOf(Namespace namespace, String subject, @Nullable Level level) {
    int refused = level == null ? 0 : namespace.refusedAt(level).size();
    return subject
        + " would refuse "
        + refused
        + " of "
        + Plural.of(namespace.workloads().size(), "workload");
  }

  private void labelled(Namespace namespace) {
    if (!namespace.labelled().isEmpty() && !namespace.labelled().equals(namespace.labels())) {
      item(0, "Labels now:");
      namespace.labelled().forEach((key, value) -> add(Kind.CODE, 1, key + ": " + value));
    }
  }

  private void accounts(String title, List<Account> accounts) {
    if (!accounts.isEmpty()) {
      item(0, title);
      for (Account account : accounts) {
        String policies =
            account.policies().isEmpty() ? "none" : String.join(", ", account.policies());
        item(1, account.name() + ": " + policies);
      }
    }
  }

  private void refused(Namespace namespace, Level level, String title) {
    List<Workload> refused = namespace.refusedAt(level);
    if (refused.isEmpty()) {
      if (level != namespace.enforce()) {
        item(
            0,
            title
                + ": 0 of "
                + Plural.of(namespace.workloads().size(), "workload")
                + " would be refused.");
      }
      return;
    }
    item(
        0,
        title
            + ": "
            + refused.size()
            + " of "
            + Plural.of(namespace.workloads().size(), "workload")
            + " would be refused:");
    for (Workload workload : refused) {
      item(1, place(workload));
      for (Remedy remedy : workload.remedies(level)) {
        item(2, remedy.check() + " (" + remedy.risk() + "): " + remedy.effect());
        if (remedy.risk() == Risk.DECISION) {
          remedy.options().forEach(option -> item(3, option));
        }
      }
    }
  }

  private void edits(Namespace namespace) {
    List<Workload> edited =
        namespace.workloads().stream().filter(workload -> !workload.edits().isEmpty()).toList();
    if (edited.isEmpty()) {
      return;
    }
    item(0, "Filled in by policies today; write into the manifests what is meant to stay:");
    for (Workload workload : edited) {
      item(1, place(workload));
      for (Edit edit : workload.edits()) {
        String by =
            edit.certain()
                ? "by " + String.join(", ", edit.policies())
                : "if admitted by " + String.join(" or ", edit.policies());
        item(2, edit.where() + ": " + edit.value() + " (" + by + ")");
      }
    }
  }

  private static String place(Workload workload) {
    return workload.title() + " (" + place(workload.file(), workload.line()) + ")";
  }

  private static String place(String file, int line) {
    return line == 0 ? file : file + ":" + line;
  }

  private static String named(FieldVerdict field) {
    return field.field() + " (" + field.value() + ")";
  }

  private static String capital(String sentence) {
    return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
  }

  private void item(int depth, String text) {
    add(Kind.ITEM, depth, text);
  }

  private void add(Kind kind, int depth, String text) {
    lines.add(new Line(kind, depth, text));
  }
}
