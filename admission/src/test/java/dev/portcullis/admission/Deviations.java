package dev.portcullis.admission;

import java.util.List;
import java.util.Map;

/**
 * Where our answers may differ from the reference's, and how answers are compared: see
 * docs/deviations.md.
 */
final class Deviations {
  /** What follows these is worded by Go's libraries, or by an API server. */
  private static final List<String> COMPARED_BY_PREFIX =
      List.of(
          "failed to decode object: ",
          "failed to decode old object: ",
          "failed to decode  old object: ",
          ": namespaces \"");

  /** How the reference complains of fields that neither checks nor admission read. */
  private static final List<String> UNREAD_FIELDS =
      List.of(
          "quantities must match",
          "parsing time",
          "HTTPGetAction.spec.containers.livenessProbe.ProbeHandler.httpGet.port ",
          "ObjectMeta.metadata.creationTimestamp ",
          "ObjectMeta.metadata.deletionGracePeriodSeconds ",
          "ObjectMeta.metadata.generation ",
          "PodSecurityContext.spec.securityContext.fsGroup ",
          "PodSpec.spec.nodeSelector ",
          "PodSpec.spec.terminationGracePeriodSeconds ",
          "PodStatus.status.phase ",
          "EnvVar.spec.containers.env.value ",
          "Container.spec.containers.args ",
          "DeploymentSpec.spec.replicas ");

  private Deviations() {}

  /**
   * {@return whether the reference aborted, or refused an object for a fault in a field that nobody
   * reads}
   */
  static boolean expected(Object recorded) {
    String error = String.valueOf(Json.at(recorded, "response", "auditAnnotations", "error"));
    return Json.at(recorded, "response") == null
        || UNREAD_FIELDS.stream().anyMatch(error::contains);
  }

  /** {@return a text that is equal for answers that count as equal} */
  static String comparable(Object answer) {
    Map<String, Object> annotations = Json.object(Json.at(answer, "response", "auditAnnotations"));
    if (annotations != null && annotations.get("error") instanceof String error) {
      for (String prefix : COMPARED_BY_PREFIX) {
        int at = error.indexOf(prefix);
        if (at >= 0) {
          annotations.put("error", error.substring(0, at + prefix.length()));
        }
      }
    }
    return Json.canonical(answer);
  }
}
