package dev.portcullis.e2e;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What both API servers must say alike. */
record TwinAnswer(
    int code,
    String message,
    String reason,
    JsonNode details,
    List<String> warnings,
    Map<String, String> annotations) {
  /** {@return the part of an answer that is compared: no object, no webhook's prefix} */
  static TwinAnswer of(ApiResponse response, Map<String, String> annotations) {
    JsonNode body = response.body();
    if (response.succeeded()) {
      return new TwinAnswer(
          response.code(),
          "",
          "",
          ApiClient.JSON.createObjectNode(),
          response.warnings(),
          annotations);
    }
    return new TwinAnswer(
        response.code(),
        response.message().replace(Registration.prefix(Registration.TWIN), ""),
        body.path("reason").asString(""),
        body.path("details"),
        response.warnings(),
        annotations);
  }
}
