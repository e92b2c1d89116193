package dev.portcullis.advice.export;

import dev.portcullis.policy.Mode;
import java.util.List;

/** Policies about the labels of namespaces: what they may be, and who may relax them. */
final class LabelPolicies {
  private final ExportOptions options;
  private final LabelVariables labels;

  LabelPolicies(ExportOptions options, LabelVariables labels) {
    this.options = options;
    this.labels = labels;
  }

  /** {@return errors as one text: a single one plain, several in brackets} */
  static String text(String errors) {
    return "(%1$s.size() == 1 ? %1$s[0] : \"[\" + %1$s.join(\", \") + \"]\")".formatted(errors);
  }

  /** Refuses values that are none; an update may keep what is wrong already. */
  List<ExportedObject> values(String name) {
    var variables = new Variables();
    defineLabels(variables);
    variables.define("levels", "[\"privileged\", \"baseline\", \"restricted\"]");
    variables.define("errors", labels.errors("variables.labels"));
    variables.define("oldErrors", labels.errors("variables.oldLabels"));
    variables.define("text", text("variables.errors"));
    return new PolicyBuilder("labels." + name, "Fail", variables)
        .rules(List.of(PodVariables.NAMESPACES))
        .validation(
            "variables.errors.size() == 0 || request.operation == \"UPDATE\" && variables.errors =="
                + " variables.oldErrors",
            "Invalid",
            "variables.text",
            "invalid Pod Security label")
        .build(actions());
  }

  /** Refuses a laxer enforce label to those who have no right to set it. */
  List<ExportedObject> guard(String name) {
    var variables = new Variables();
    defineLabels(variables);
    variables.define("levels", "[\"privileged\", \"baseline\", \"restricted\"]");
    var fallback = options.configuration().defaults().enforce();
    for (String which : List.of("new", "old")) {
      String from = which.equals("new") ? "variables.labels" : "variables.oldLabels";
      variables.define(
          which + "Label", from + "[?" + Cel.literal(labels.level(Mode.ENFORCE)) + "]");
      // A value that is none counts as restricted.
      variables.define(
          which + "Level",
          "!variables.%1$sLabel.hasValue() ? %2$s : variables.%1$sLabel.value() in variables.levels ? variables.%1$sLabel.value() : \"restricted\""
              .formatted(which, Cel.literal(fallback.level().toString())));
      String given =
          "%s[?%s].orValue(%s)"
              .formatted(
                  from,
                  Cel.literal(labels.level(Mode.ENFORCE) + "-version"),
                  Cel.literal(fallback.version().toString()));
      variables.define(
          which + "Version", LabelVariables.valid(given) + " ? " + given + " : \"latest\"");
      variables.define(which + "Minor", labels.minor("variables." + which + "Version"));
    }
    variables.define(
        "relaxed",
        "variables.levels.indexOf(variables.newLevel) <"
            + " variables.levels.indexOf(variables.oldLevel) || variables.oldLevel !="
            + " \"privileged\" && variables.newMinor < variables.oldMinor");
    variables.define(
        "text",
        "\"relaxing the enforced level from \" + variables.oldLevel + \":\" + variables.oldVersion"
            + " + \" to \" + variables.newLevel + \":\" + variables.newVersion + \" needs the verb"
            + " relax on levels.pod-security.portcullis.dev\"");
    return new PolicyBuilder("guard." + name, "Fail", variables)
        .rules(List.of(PodVariables.NAMESPACES))
        .validation(
            "!variables.relaxed ||"
                + " authorizer.group(\"pod-security.portcullis.dev\").resource(\"levels\").name(object.metadata.name).check(\"relax\").allowed()",
            "Forbidden",
            "variables.text",
            "relaxing the enforced level needs the verb relax on"
                + " levels.pod-security.portcullis.dev")
        .build(actions());
  }

  private static void defineLabels(Variables variables) {
    variables.define("labels", "dyn(object).metadata.?labels.orValue({})");
    variables.define(
        "oldLabels",
        "request.operation == \"UPDATE\" ? dyn(oldObject).metadata.?labels.orValue({}) : {}");
  }

  private List<String> actions() {
    return List.of(options.enforce() ? "Deny" : "Warn");
  }
}
