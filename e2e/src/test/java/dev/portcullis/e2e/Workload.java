package dev.portcullis.e2e;

import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** One Deployment of a suite, and its pods, as they stand. */
record Workload(ApiClient client, String namespace, String name) {
  private static final Duration CONTROLLERS = Duration.ofSeconds(60);

  /**
   * Returns when every wanted pod is of the newest template and ready, and no other pod is left.
   */
  void awaitRolledOut() {
    Eventually.holds(
        this + " is rolled out",
        CONTROLLERS,
        () -> {
          JsonNode deployment = deployment();
          JsonNode status = deployment.path("status");
          int wanted = deployment.at("/spec/replicas").asInt();
          return status.path("observedGeneration").asInt()
                  == deployment.at("/metadata/generation").asInt()
              && status.path("updatedReplicas").asInt() == wanted
              && status.path("availableReplicas").asInt() == wanted
              && status.path("replicas").asInt() == wanted
              && pods().size() == wanted;
        });
  }

  /**
   * {@return the message of condition ReplicaFailure, once its reason is FailedCreate and its
   * message has the text}
   */
  String awaitFailedCreate(String text) {
    return Eventually.get(
        this + " cannot create pods: " + text,
        CONTROLLERS,
        () -> {
          for (JsonNode condition : deployment().at("/status/conditions")) {
            String message = condition.path("message").asString("");
            if (condition.path("type").asString("").equals("ReplicaFailure")
                && condition.path("status").asString("").equals("True")
                && condition.path("reason").asString("").equals("FailedCreate")
                && message.contains(text)) {
              return message;
            }
          }
          return null;
        });
  }

  List<JsonNode> pods() {
    JsonNode items = client.get("/api/v1/namespaces/" + namespace + "/pods").body().path("items");
    return StreamSupport.stream(items.spliterator(), false).toList();
  }

  private JsonNode deployment() {
    return client.get("/apis/apps/v1/namespaces/" + namespace + "/deployments/" + name).body();
  }

  @Override
  public String toString() {
    return "deployment " + namespace + "/" + name;
  }
}
