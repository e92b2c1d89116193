package dev.portcullis.webhook;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A probe: some checks, and the text that Kubernetes components answer with.
 *
 * @param name the probe's name, such as {@code readyz}
 * @param checks in order
 */
record Health(String name, List<Check> checks) {
  /** Copies the checks. */
  Health {
    checks = List.copyOf(checks);
  }

  /**
   * One thing that must be well.
   *
   * @param name a path segment
   * @param passes whether it is well now
   * @param problem what to say when it is not
   */
  record Check(String name, BooleanSupplier passes, String problem) {}

  /** An answer. */
  record Answer(int status, String text) {}

  /** {@return the answer to the probe's own path} */
  Answer answer(@Nullable String query) {
    List<String> excluded = new ArrayList<>();
    boolean verbose = false;
    for (String pair : query == null ? new String[0] : query.split("&", -1)) {
      verbose |= pair.equals("verbose") || pair.startsWith("verbose=");
      if (pair.startsWith("exclude=")) {
        excluded.add(pair.substring("exclude=".length()));
      }
    }
    var out = new StringBuilder();
    boolean failed = false;
    for (Check check : checks) {
      if (excluded.remove(check.name())) {
        out.append("[+]").append(check.name()).append(" excluded: ok\n");
      } else if (check.passes().getAsBoolean()) {
        out.append("[+]").append(check.name()).append(" ok\n");
      } else {
        failed = true;
        out.append("[-]").append(check.name()).append(" failed: reason withheld\n");
      }
    }
    if (!excluded.isEmpty()) {
      out.append("warn: some health checks cannot be excluded\n");
    }
    if (failed) {
      return new Answer(500, out.append(name).append(" check failed\n").toString());
    }
    return new Answer(200, verbose ? out.append(name).append(" check passed\n").toString() : "ok");
  }

  /** {@return the answer to the path of one check, or null when there is no such check} */
  @Nullable Answer answerOf(String checkName) {
    for (Check check : checks) {
      if (check.name().equals(checkName)) {
        return check.passes().getAsBoolean()
            ? new Answer(200, "ok")
            : new Answer(500, "internal server error: " + check.problem() + "\n");
      }
    }
    return null;
  }
}
