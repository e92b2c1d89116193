package dev.portcullis.e2e;

import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Reviews that no API server can be made to send at a moment of our choice. */
final class Reviews {
  static final String UNKNOWN_NAMESPACE = "not-told-of";

  private Reviews() {}

  /** {@return a pod right behind its namespace, which the watch has not told of} */
  static ObjectNode ofAPodInAnUnknownNamespace() {
    ObjectNode review = review("CREATE", "Pod", "pods", UNKNOWN_NAMESPACE, "first");
    review.withObject("request").set("object", PodStream.pod("first", false));
    return review;
  }

  /** {@return a namespace without labels that is to enforce restricted} */
  static ObjectNode ofAStricterNamespace(String name) {
    ObjectNode review = review("UPDATE", "Namespace", "namespaces", name, name);
    ObjectNode request = review.withObject("request");
    request.set("oldObject", namespace(name, Map.of()));
    request.set(
        "object", namespace(name, Map.of("pod-security.kubernetes.io/enforce", "restricted")));
    return review;
  }

  private static ObjectNode review(
      String operation, String kind, String resource, String namespace, String name) {
    ObjectNode review = ApiClient.JSON.createObjectNode();
    review.put("apiVersion", "admission.k8s.io/v1").put("kind", "AdmissionReview");
    ObjectNode request = review.putObject("request").put("uid", "1").put("operation", operation);
    request.putObject("kind").put("group", "").put("version", "v1").put("kind", kind);
    request.putObject("resource").put("group", "").put("version", "v1").put("resource", resource);
    request.put("name", name).put("namespace", namespace);
    request.putObject("userInfo").put("username", "somebody");
    return review;
  }

  private static ObjectNode namespace(String name, Map<String, String> labels) {
    ObjectNode namespace = ApiClient.JSON.createObjectNode();
    namespace.put("apiVersion", "v1").put("kind", "Namespace");
    ObjectNode labelled = namespace.putObject("metadata").put("name", name).putObject("labels");
    labels.forEach(labelled::put);
    return namespace;
  }
}
