package dev.portcullis.advice.export;

import dev.portcullis.admission.config.Exemptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a request is about: its pod or template, who is exempt, and whether an update counts. */
final class PodVariables {
  static final Map<String, Object> PODS =
      rule("", List.of("pods", "pods/ephemeralcontainers"), "Namespaced");

  /** What the reference notes an exemption of, and judges no further. */
  static final Map<String, Object> RESIZES = rule("", List.of("pods/resize"), "Namespaced");

  static final List<Map<String, Object>> WORKLOADS =
      List.of(
          rule("", List.of("podtemplates", "replicationcontrollers"), "Namespaced"),
          rule(
              "apps",
              List.of("daemonsets", "deployments", "replicasets", "statefulsets"),
              "Namespaced"),
          rule("batch", List.of("cronjobs", "jobs"), "Namespaced"));

  static final Map<String, Object> NAMESPACES = rule("", List.of("namespaces"), "Cluster");

  private static final String IMAGES = ".map(c, c.?image.orValue(\"\"))";

  private PodVariables() {}

  /**
   * Adds what the checks read, and {@code isPod}.
   *
   * @param workloads whether requests may be about workloads, besides pods
   */
  static void define(Variables variables, boolean workloads) {
    variables.define("isPod", workloads ? "request.resource.resource == \"pods\"" : "true");
    variables.define("template", workloads ? template("object") : "dyn(object)");
    variables.define(
        "spec", workloads ? "variables.template.?spec.orValue({})" : "variables.template.spec");
    variables.define("annotations", "variables.template.?metadata.?annotations.orValue({})");
    variables.define("podContext", "variables.spec.?securityContext.orValue({})");
    variables.define(
        "containers",
        "variables.spec.?initContainers.orValue([]) + variables.spec.?containers.orValue([]) +"
            + " variables.spec.?ephemeralContainers.orValue([])");
    variables.define("volumes", "variables.spec.?volumes.orValue([])");
    variables.define("windows", "variables.spec.?os.?name.orValue(\"\") == \"windows\"");
    variables.define("userNamespace", "!variables.spec.?hostUsers.orValue(true)");
  }

  /** Adds {@code exempt}: why a request is not judged, or nothing. */
  static void defineExempt(Variables variables, Exemptions exemptions) {
    var reasons = new ArrayList<String>();
    if (!exemptions.namespaces().isEmpty()) {
      reasons.add(
          "request.namespace in " + Cel.list(exemptions.namespaces()) + " ? \"namespace\" : ");
    }
    if (!exemptions.usernames().isEmpty()) {
      reasons.add(
          "request.userInfo.username in " + Cel.list(exemptions.usernames()) + " ? \"user\" : ");
    }
    if (!exemptions.runtimeClasses().isEmpty()) {
      reasons.add(
          "variables.spec.?runtimeClassName.orValue(\"\") in "
              + Cel.list(exemptions.runtimeClasses())
              + " ? \"runtimeClass\" : ");
    }
    variables.define("exempt", String.join("", reasons) + "\"\"");
  }

  /** Adds {@code significant}: false for updates of pods that the reference does not judge. */
  static void defineSignificant(Variables variables) {
    variables.define(
        "significant",
        "!variables.isPod || request.operation != \"UPDATE\""
            + imagesDiffer("containers")
            + imagesDiffer("initContainers")
            + " || dyn(object).spec.?ephemeralContainers.orValue([]).exists(e,"
            + " !dyn(oldObject).spec.?ephemeralContainers.orValue([]).exists(o, o.name == e.name"
            + " && o.?image.orValue(\"\") == e.?image.orValue(\"\")))");
  }

  /**
   * Adds {@code templateChanged}: false for updates of workloads that keep their pods unchanged.
   */
  static void defineTemplateChanged(Variables variables) {
    variables.define(
        "templateChanged",
        "request.operation != \"UPDATE\" || variables.template != (" + template("oldObject") + ")");
  }

  private static String imagesDiffer(String containers) {
    return " || dyn(object).spec.?%1$s.orValue([])%2$s != dyn(oldObject).spec.?%1$s.orValue([])%2$s"
        .formatted(containers, IMAGES);
  }

  private static String template(String object) {
    return ("request.resource.resource == \"pods\" ? dyn(%1$s) : request.resource.resource =="
            + " \"podtemplates\" ? dyn(%1$s).?template.orValue({}) : request.resource.resource =="
            + " \"cronjobs\" ? dyn(%1$s).?spec.?jobTemplate.?spec.?template.orValue({}) :"
            + " dyn(%1$s).?spec.?template.orValue({})")
        .formatted(object);
  }

  private static Map<String, Object> rule(String group, List<String> resources, String scope) {
    Map<String, Object> rule = Tree.of("apiGroups", List.of(group));
    rule.put("apiVersions", List.of("v1"));
    rule.put("operations", List.of("CREATE", "UPDATE"));
    rule.put("resources", resources);
    rule.put("scope", scope);
    return rule;
  }
}
