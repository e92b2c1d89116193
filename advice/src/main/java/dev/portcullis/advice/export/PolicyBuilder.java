package dev.portcullis.advice.export;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts one policy together. */
final class PolicyBuilder {
  /** The API server throws messages of more than 5 KiB away; a character may be four bytes. */
  private static final int MAX_MESSAGE = 4_900;

  private final String name;
  private final String failurePolicy;
  private final Variables variables;
  private final List<Map<String, Object>> rules = new ArrayList<>();
  private final List<Map<String, Object>> selector = new ArrayList<>();
  private final List<Map<String, Object>> validations = new ArrayList<>();
  private final List<Map<String, Object>> annotations = new ArrayList<>();
  private final List<String> expressions = new ArrayList<>();

  PolicyBuilder(String name, String failurePolicy, Variables variables) {
    this.name = name;
    this.failurePolicy = failurePolicy;
    this.variables = variables;
  }

  PolicyBuilder rules(List<Map<String, Object>> more) {
    rules.addAll(more);
    return this;
  }

  /** Narrows the namespaces whose objects are judged. */
  PolicyBuilder namespaces(String key, String operator, List<String> values) {
    Map<String, Object> requirement = Tree.of("key", key, "operator", operator);
    if (!values.isEmpty()) {
      requirement.put("values", values);
    }
    selector.add(requirement);
    return this;
  }

  /**
   * Demands something.
   *
   * @param message an expression
   * @param fallback what is said where that is too long
   */
  PolicyBuilder validation(String expression, String reason, String message, String fallback) {
    String cut =
        "%1$s.size() > %2$d ? %1$s.substring(0, %2$d) + \"...\" : %1$s"
            .formatted(message, MAX_MESSAGE);
    Map<String, Object> validation = Tree.of("expression", expression, "reason", reason);
    validation.put("message", fallback);
    validation.put("messageExpression", cut);
    validations.add(validation);
    expressions.add(expression);
    expressions.add(cut);
    return this;
  }

  PolicyBuilder annotation(String key, String value) {
    annotations.add(Tree.of("key", key, "valueExpression", value));
    expressions.add(value);
    return this;
  }

  /**
   * {@return the policy and its binding}
   *
   * @param actions what the binding does with violations
   */
  List<ExportedObject> build(List<String> actions) {
    Map<String, Object> match = Tree.of("matchPolicy", "Equivalent");
    if (!selector.isEmpty()) {
      match.put("namespaceSelector", Tree.of("matchExpressions", selector));
    }
    match.put("resourceRules", rules);
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("failurePolicy", failurePolicy);
    spec.put("matchConstraints", match);
    spec.put("variables", variables.neededBy(expressions));
    if (!validations.isEmpty()) {
      spec.put("validations", validations);
    }
    if (!annotations.isEmpty()) {
      spec.put("auditAnnotations", annotations);
    }
    Map<String, Object> binding = new LinkedHashMap<>();
    binding.put("policyName", name);
    binding.put("validationActions", actions);
    return List.of(
        new ExportedObject(ExportedObject.POLICY, name, spec),
        new ExportedObject(ExportedObject.BINDING, name, binding));
  }
}
