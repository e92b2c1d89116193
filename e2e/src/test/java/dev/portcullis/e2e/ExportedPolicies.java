package dev.portcullis.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** What {@code portcullis export vap} writes, and how it is applied. */
final class ExportedPolicies {
  private static final Pattern DENIED =
      Pattern.compile("ValidatingAdmissionPolicy '[^']+' with binding '[^']+' denied request: ");
  private static final Pattern WARNED =
      Pattern.compile(
          "Validation failed for ValidatingAdmissionPolicy '[^']+' with binding '[^']+': ");

  private ExportedPolicies() {}

  /**
   * What a run of the command ended with.
   *
   * @param output standard output
   */
  record Run(int code, String output) {}

  /** Runs the command. */
  static Run run(List<String> options) {
    var command = new ArrayList<>(List.of(Webhook.launcher(), "export", "vap"));
    command.addAll(options);
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Run(process.waitFor(), out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted during " + command, e);
    }
  }

  /** Applies what these options make, and returns when it acts. */
  static void apply(Cluster cluster, List<String> options) {
    Run run = run(options);
    if (run.code() != 0) {
      throw new AssertionError("export vap " + options + " exited with " + run.code());
    }
    cluster.kubectl().apply(run.output()).succeeded();
    Eventually.holds(
        "the exported policies act",
        Duration.ofSeconds(30),
        () ->
            cluster.admin().create("/api/v1/namespaces?dryRun=All", invalidNamespace()).code()
                == 422);
  }

  /** Deletes what these options make, and returns when nothing of it acts. */
  static void delete(Cluster cluster, List<String> options) {
    cluster.kubectl().delete(run(options).output()).succeeded();
    Eventually.holds(
        "the exported policies are gone",
        Duration.ofSeconds(30),
        () ->
            cluster.admin().create("/api/v1/namespaces?dryRun=All", invalidNamespace()).code()
                == 201);
  }

  /** Writes a configuration for the command. */
  static Path configuration(Cluster cluster, String text) {
    Path file = cluster.folder().resolve("exported.yaml");
    Identity.replace(file, text);
    return file;
  }

  /** {@return a denial or a warning without what the API server puts before it} */
  static String withoutPrefix(String message) {
    return WARNED.matcher(DENIED.matcher(message).replaceAll("")).replaceAll("");
  }

  private static ObjectNode invalidNamespace() {
    ObjectNode namespace = ApiClient.JSON.createObjectNode();
    namespace
        .putObject("metadata")
        .put("name", "do-the-policies-act")
        .putObject("labels")
        .put("pod-security.kubernetes.io/enforce", "invalid");
    return namespace;
  }
}
