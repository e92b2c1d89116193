package dev.portcullis.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * What a revision of a check demands, in the Common Expression Language: for
 * ValidatingAdmissionPolicies, which run inside the API server.
 *
 * <p>The conditions say where a pod violates the revision; nothing else does. They may use {@code
 * variables.spec}, {@code variables.podContext} (the pod's security context or an empty map),
 * {@code variables.annotations}, {@code variables.containers} (init, regular, ephemeral) and {@code
 * variables.volumes}. The other expressions may also use what comes of the conditions:
 *
 * <ul>
 *   <li>{@code variables.<name>OnPod}: whether the pod's own security context violates
 *   <li>{@code variables.<name>On}: the containers, or the volumes, that violate
 *   <li>{@code variables.<name>Names}: their names
 * </ul>
 *
 * <p>An empty condition holds for nothing. Only what Kubernetes 1.30 understands may be used.
 *
 * @param name an identifier, unique among rules that differ
 * @param pod a condition about the pod as a whole
 * @param context a condition about {@code context}, the security context of a container; {@code
 *     context} stands before {@code .?field} only, as it may be absent
 * @param contextOfPod whether that condition counts for the pod's own security context too
 * @param container a condition about {@code container}
 * @param volume a condition about {@code volume}; a rule has this or the two before
 * @param variables what {@code text} needs besides; each may use those before it
 * @param text the reason and its detail in brackets, for a pod that violates
 * @param exempt the variable, {@code windows} or {@code userNamespace}, that lets a pod pass
 *     whatever the conditions say; or empty
 */
public record CelRule(
    String name,
    String pod,
    String context,
    boolean contextOfPod,
    String container,
    String volume,
    List<Variable> variables,
    String text,
    String exempt) {
  /** Copies the variables. */
  public CelRule {
    variables = List.copyOf(variables);
  }

  /**
   * A named expression.
   *
   * @param name an identifier
   * @param expression what it stands for; evaluated when it is first used
   */
  public record Variable(String name, String expression) {
    /** {@return how other expressions call it} */
    public String reference() {
      return "variables." + name;
    }
  }

  /** {@return a rule without conditions; add them} */
  public static CelRule named(String name) {
    return new CelRule(name, "", "", false, "", "", List.of(), "", "");
  }

  /** {@return this with a condition about the pod as a whole} */
  public CelRule whenPod(String condition) {
    return new CelRule(
        name, condition, context, contextOfPod, container, volume, variables, text, exempt);
  }

  /** {@return this with a condition about the security contexts of containers} */
  public CelRule whenContext(String condition) {
    return new CelRule(name, pod, condition, false, container, volume, variables, text, exempt);
  }

  /** {@return this with a condition about the security contexts of the pod and of containers} */
  public CelRule whenAnyContext(String condition) {
    return new CelRule(name, pod, condition, true, container, volume, variables, text, exempt);
  }

  /** {@return this with a condition about containers} */
  public CelRule whenContainer(String condition) {
    return new CelRule(
        name, pod, context, contextOfPod, condition, volume, variables, text, exempt);
  }

  /** {@return this with a condition about volumes} */
  public CelRule whenVolume(String condition) {
    return new CelRule(
        name, pod, context, contextOfPod, container, condition, variables, text, exempt);
  }

  /** {@return this with variables for the text, behind those that it has} */
  public CelRule with(List<Variable> more) {
    var all = new ArrayList<>(variables);
    all.addAll(more);
    return new CelRule(name, pod, context, contextOfPod, container, volume, all, text, exempt);
  }

  /** {@return this with the expression of its text} */
  public CelRule saying(String expression) {
    return new CelRule(
        name, pod, context, contextOfPod, container, volume, variables, expression, exempt);
  }

  /** {@return this, except for pods of which that variable holds} */
  public CelRule unless(String variable) {
    return new CelRule(
        name, pod, context, contextOfPod, container, volume, variables, text, variable);
  }

  /** {@return the name of the variable that says whether the pod's own context violates} */
  public String onPod() {
    return "variables." + name + "OnPod";
  }

  /** {@return the name of the variable with the containers or volumes that violate} */
  public String on() {
    return "variables." + name + "On";
  }

  /** {@return the name of the variable with their names} */
  public String names() {
    return "variables." + name + "Names";
  }
}
