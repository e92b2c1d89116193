package dev.portcullis.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What an API server's audit log says of the requests that were made. */
record AuditLog(Path file) {
  /** {@return the annotations of a request that asked for this audit id} */
  Map<String, String> annotations(String auditId) {
    return annotations(event -> event.path("auditID").asString("").equals(auditId));
  }

  /** {@return the annotations of the last event that is wanted} Fails when there is none. */
  Map<String, String> annotations(Predicate<JsonNode> wanted) {
    return annotations(
        events().reversed().stream()
            .filter(wanted)
            .findFirst()
            .orElseThrow(() -> new AssertionError("no such event in " + file)));
  }

  /** {@return the annotations of the last creation of an object} Fails when there is none. */
  Map<String, String> annotationsOfCreated(String resource, String namespace, String name) {
    return annotations(event ->
        event.path("verb").asString("").equals("create")
            && event.at("/objectRef/resource").asString("").equals(resource)
            && event.at("/objectRef/namespace").asString("").equals(namespace)
            && event.at("/objectRef/name").asString("").equals(name));
  }

  /** {@return the annotations of an event, without the API server's notes on its own latency} */
  static Map<String, String> annotations(JsonNode event) {
    var found = new TreeMap<String, String>();
    event
        .path("annotations")
        .properties()
        .forEach(entry -> found.put(entry.getKey(), entry.getValue().asString()));
    found.keySet().removeIf(key -> key.startsWith("apiserver.latency.k8s.io/"));
    return found;
  }

  /** {@return all events so far} */
  List<JsonNode> events() {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.filter(line -> line.endsWith("}")).map(ApiClient.JSON::readTree).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
