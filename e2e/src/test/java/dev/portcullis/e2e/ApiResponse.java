package dev.portcullis.e2e;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * An API server's answer.
 *
 * @param code the HTTP status
 * @param body the object, or the Status that says why not
 * @param warnings the texts of the Warning headers, in order
 */
record ApiResponse(int code, JsonNode body, List<String> warnings) {
  boolean succeeded() {
    return code / 100 == 2;
  }

  /** {@return what a Status says} The empty string for any other object. */
  String message() {
    return body.path("message").asString("");
  }

  /** {@return this} Fails, with the answer, unless the request succeeded. */
  ApiResponse expectSuccess() {
    if (!succeeded()) {
      throw new AssertionError("HTTP " + code + ": " + body);
    }
    return this;
  }
}
