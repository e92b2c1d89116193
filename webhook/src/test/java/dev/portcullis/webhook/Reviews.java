package dev.portcullis.webhook;

/** Bodies of requests. */
final class Reviews {
  private Reviews() {}

  /** {@return a review of a pod, privileged or plain} */
  static String pod(String uid, String namespace, boolean privileged) {
    return """
    {"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"%s",\
    "kind":{"group":"","version":"v1","kind":"Pod"},"resource":{"group":"","version":"v1","resource":"pods"},\
    "name":"p","namespace":"%s","operation":"CREATE","userInfo":{"username":"alice"},\
    "object":{"kind":"Pod","apiVersion":"v1","metadata":{"name":"p"},"spec":{"containers":[\
    {"name":"c","image":"i","securityContext":{"privileged":%s}}]}},"oldObject":null,"dryRun":false}}
    """
        .formatted(uid, namespace, privileged);
  }

  /** {@return the whole answer to a plain pod in namespace {@code base}} */
  static String allowed(String uid) {
    return """
    {"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","response":{"uid":"%s","allowed":true,\
    "auditAnnotations":{"enforce-policy":"baseline:latest"}}}
    """
        .formatted(uid);
  }

  /** {@return the whole answer to a privileged pod in namespace {@code base}} */
  static String denied(String uid) {
    return """
    {"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","response":{"uid":"%s","allowed":false,\
    "status":{"metadata":{},"status":"Failure","message":"pods \\"p\\" is forbidden: violates PodSecurity \
    \\"baseline:latest\\": privileged (container \\"c\\" must not set securityContext.privileged=true)",\
    "reason":"Forbidden","details":{"name":"p","kind":"pods"},"code":403},\
    "auditAnnotations":{"enforce-policy":"baseline:latest"}}}
    """
        .formatted(uid);
  }
}
