package dev.portcullis.e2e;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One request that two API servers get alike.
 *
 * @param number its place in the stream; also its audit id
 * @param kind what sort of request it is, for the figures
 * @param user who is impersonated
 */
record TwinRequest(
    int number,
    String kind,
    String method,
    String path,
    @Nullable JsonNode body,
    String mediaType,
    @Nullable String user) {
  ApiResponse sendTo(ApiClient client) {
    var headers = new HashMap<>(Map.of("Audit-ID", auditId()));
    if (body != null) {
      headers.put("Content-Type", mediaType);
    }
    if (user != null) {
      headers.put("Impersonate-User", user);
      headers.put("Impersonate-Group", "system:masters");
    }
    return client.send(method, path, body, headers);
  }

  String auditId() {
    return "twin-" + number;
  }

  boolean dryRun() {
    return path.contains("dryRun=All");
  }
}
