package dev.portcullis.advice.export;

import dev.portcullis.admission.config.Exemptions;
import dev.portcullis.advice.export.ExportOptions.Profile;
import dev.portcullis.advice.export.ExportOptions.Workloads;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.Level;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.PolicyLabels;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Makes ValidatingAdmissionPolicies and their bindings that judge as {@link Evaluator} does.
 *
 * <p>One policy enforces and fails closed. Another warns and annotates audit events; it fails open,
 * and serves both modes so that what they share is evaluated once. Others are about workloads, the
 * values of labels, and who may relax them.
 */
final class PolicyExport {
  private static final String NAME = "pod-security.portcullis.dev";
  private static final String TOO_LONG =
      "violates PodSecurity (the list of violations is too long)";

  private final ExportOptions options;
  private final CheckVariables checks;
  private final LabelVariables labels;
  private final Exemptions exemptions;

  PolicyExport(ExportOptions options, Evaluator evaluator) {
    this.options = options;
    this.exemptions = options.configuration().exemptions();
    this.checks = new CheckVariables(evaluator, options.kubernetes());
    this.labels = new LabelVariables(options, options.kubernetes());
  }

  /** {@return the objects, each policy before its binding; none where there is nothing to do} */
  List<ExportedObject> objects() {
    var objects = new ArrayList<ExportedObject>();
    if (options.has(Mode.ENFORCE) && acts(Mode.ENFORCE)) {
      objects.addAll(enforce());
    }
    if ((options.has(Mode.WARN) && acts(Mode.WARN))
        || (options.has(Mode.AUDIT) && (acts(Mode.AUDIT) || acts(Mode.ENFORCE)))) {
      objects.addAll(report());
    }
    if (options.workloads() == Workloads.ENFORCE && acts(Mode.ENFORCE)) {
      objects.addAll(workloads());
    }
    if (!options.defaultsOnly()) {
      objects.addAll(new LabelPolicies(options, labels).values(NAME));
    }
    if (options.guard()) {
      objects.addAll(new LabelPolicies(options, labels).guard(NAME));
    }
    return objects;
  }

  /** {@return whether this mode can ever object to anything} */
  private boolean acts(Mode mode) {
    return !labels.possible(mode).isEmpty();
  }

  private List<ExportedObject> enforce() {
    Variables variables = variables(false);
    PodVariables.defineSignificant(variables);
    defineViolations(variables, Mode.ENFORCE, "variables.significant && variables.exempt == \"\"");
    variables.define("denial", "\"violates \" + variables.enforceText");
    var policy =
        new PolicyBuilder(NAME, "Fail", variables)
            .rules(List.of(PodVariables.PODS))
            .validation(
                "variables.enforceViolations.size() == 0",
                "Forbidden",
                "variables.denial",
                TOO_LONG);
    narrow(policy);
    return policy.build(actions());
  }

  private List<ExportedObject> workloads() {
    Variables variables = variables(true);
    PodVariables.defineTemplateChanged(variables);
    defineViolations(
        variables, Mode.ENFORCE, "variables.templateChanged && variables.exempt == \"\"");
    variables.define("denial", "\"its pods would violate \" + variables.enforceText");
    var policy =
        new PolicyBuilder("workloads." + NAME, "Fail", variables)
            .rules(PodVariables.WORKLOADS)
            .validation(
                "variables.enforceViolations.size() == 0",
                "Forbidden",
                "variables.denial",
                "its pods would " + TOO_LONG);
    narrow(policy);
    return policy.build(actions());
  }

  private List<ExportedObject> report() {
    boolean audit = options.has(Mode.AUDIT);
    boolean warn = options.has(Mode.WARN) && acts(Mode.WARN);
    Variables variables = variables(options.workloads() != Workloads.NONE);
    PodVariables.defineSignificant(variables);
    String judged = "variables.significant && variables.exempt == \"\"";
    defineViolations(variables, Mode.ENFORCE, judged);
    if (audit) {
      defineViolations(variables, Mode.AUDIT, judged);
    }
    defineViolations(variables, Mode.WARN, judged);
    // No warning for a pod that is refused, as in the reference.
    variables.define(
        "refused",
        options.has(Mode.ENFORCE) && acts(Mode.ENFORCE)
            ? "variables.isPod && variables.enforceViolations.size() > 0"
            : "false");
    variables.define("warning", "\"would violate \" + variables.warnText");

    // Named so, the policy's audit annotations have the keys that the plugin's have.
    String name =
        !audit
            ? "warn." + NAME
            : options.profile() == Profile.REPLACE
                ? "pod-security.kubernetes.io"
                : "report." + NAME;
    var policy = new PolicyBuilder(name, "Ignore", variables).rules(List.of(PodVariables.PODS));
    if (options.workloads() != Workloads.NONE) {
      policy.rules(PodVariables.WORKLOADS);
    }
    if (warn) {
      policy.validation(
          "variables.warnViolations.size() == 0 || variables.refused",
          "Forbidden",
          "variables.warning",
          "would " + TOO_LONG);
    }
    if (audit) {
      policy.rules(List.of(PodVariables.RESIZES));
      annotate(policy, variables);
    }
    if (options.defaultsOnly()) {
      policy.namespaces(PolicyLabels.ENFORCE, "DoesNotExist", List.of());
    }
    if (!audit) {
      leaveOutExemptNamespaces(policy);
    }
    return policy.build(List.of(warn ? "Warn" : "Audit"));
  }

  private void annotate(PolicyBuilder policy, Variables variables) {
    variables.define(
        "labelErrors", options.defaultsOnly() ? "[]" : labels.errors("variables.labels"));
    variables.define(
        "fullyPrivileged",
        "variables.labelErrors.size() == 0 && variables.auditLevel == \"privileged\" &&"
            + " variables.warnLevel == \"privileged\" && (!variables.isPod ||"
            + " variables.enforceLevel == \"privileged\")");
    // The reference looks at runtime classes only where a policy may object, and at updates after
    // users and namespaces.
    variables.define(
        "noted",
        "variables.exempt == \"runtimeClass\" ? (variables.fullyPrivileged ||"
            + " !variables.significant ? \"\" : \"runtimeClass\") : variables.exempt");
    String skipped = "variables.exempt in [\"namespace\", \"user\"] || !variables.significant";
    policy
        .annotation("exempt", "variables.noted")
        .annotation(
            "enforce-policy",
            skipped
                + " || variables.noted != \"\" || !variables.isPod ? \"\" :"
                + " variables.fullyPrivileged ? \"privileged:latest\" : variables.enforceLevel +"
                + " \":\" + variables.enforceVersion")
        .annotation(
            "audit-violations",
            "variables.auditViolations.size() == 0 ? \"\" : \"would violate \" +"
                + " variables.auditText");
    if (!options.defaultsOnly()) {
      policy.annotation(
          "error",
          skipped
              + " || variables.noted != \"\" || variables.labelErrors.size() == 0 ? \"\" : \"Failed"
              + " to parse policy: \" + "
              + LabelPolicies.text("variables.labelErrors"));
    }
  }

  private Variables variables(boolean withWorkloads) {
    var variables = new Variables();
    PodVariables.define(variables, withWorkloads);
    PodVariables.defineExempt(variables, exemptions);
    labels.define(variables);
    checks.define(variables);
    return variables;
  }

  private void defineViolations(Variables variables, Mode mode, String judged) {
    String word = LabelVariables.word(mode);
    Set<Level> levels = labels.possible(mode);
    String minor = "variables." + word + "Minor";
    String restricted = "variables." + word + "Restricted";
    String clean =
        levels.size() == 1
            ? CheckVariables.cleanAt(levels.iterator().next())
            : "(%s ? %s : %s)"
                .formatted(
                    restricted,
                    CheckVariables.cleanAt(Level.RESTRICTED),
                    CheckVariables.cleanAt(Level.BASELINE));
    variables.define(
        word + "Violations",
        levels.isEmpty()
            ? "[]"
            : "variables.%sLevel == \"privileged\" || !(%s) || %s >= %d && %s ? [] : [\n%s\n].filter(t, t != \"\")"
                .formatted(
                    word,
                    judged,
                    minor,
                    CheckVariables.CLEAN_SINCE,
                    clean,
                    String.join(",\n", checks.texts(minor, restricted, levels))));
    variables.define(
        word + "Text",
        "\"PodSecurity \\\"\" + variables.%1$sLevel + \":\" + variables.%1$sVersion + \"\\\": \" + variables.%1$sViolations.join(\", \")"
            .formatted(word));
  }

  /** Where no label can make a namespace's pods be refused, the API server need not even ask. */
  private void narrow(PolicyBuilder policy) {
    leaveOutExemptNamespaces(policy);
    if (options.defaultsOnly()) {
      policy.namespaces(PolicyLabels.ENFORCE, "DoesNotExist", List.of());
    } else if (options.configuration().defaults().enforce().level() == Level.PRIVILEGED) {
      policy.namespaces(labels.level(Mode.ENFORCE), "Exists", List.of());
      policy.namespaces(labels.level(Mode.ENFORCE), "NotIn", List.of(Level.PRIVILEGED.toString()));
    }
  }

  private void leaveOutExemptNamespaces(PolicyBuilder policy) {
    if (!exemptions.namespaces().isEmpty()) {
      policy.namespaces(
          "kubernetes.io/metadata.name", "NotIn", List.copyOf(exemptions.namespaces()));
    }
  }

  private List<String> actions() {
    return List.of(options.enforce() ? "Deny" : "Warn");
  }
}
