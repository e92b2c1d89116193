package dev.portcullis.webhook;

import dev.portcullis.policy.Level;
import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.UntrustedText;
import dev.portcullis.policy.Version;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * The reference's three counters, line by line as it prints them.
 *
 * <p>Printed here because a metrics library writes {@code 1.0} where the reference writes {@code
 * 1}, and orders series its own way; whoever compares the two sees no difference so.
 */
final class ReferenceCounters {
  /** Operations of requests, which API servers write in capitals, as labels. */
  private static final Map<String, String> OPERATIONS =
      Map.of(
          "", "", "CREATE", "create", "UPDATE", "update", "DELETE", "delete", "CONNECT", "connect");

  /** Subresources of pods and of what makes pods; any other text counts as one series. */
  private static final Set<String> SUBRESOURCES =
      Set.of(
          "",
          "attach",
          "binding",
          "ephemeralcontainers",
          "eviction",
          "exec",
          "log",
          "portforward",
          "proxy",
          "resize",
          "scale",
          "status");

  private final Version own;
  private final Family errors =
      new Family(
          "pod_security_errors_total",
          "Number of errors preventing normal evaluation. Non-fatal errors may result in the latest"
              + " restricted profile being used for evaluation.");
  private final Family evaluations =
      new Family(
          "pod_security_evaluations_total",
          "Number of policy evaluations that occurred, not counting ignored or exempt requests.");
  private final Family exemptions =
      new Family(
          "pod_security_exemptions_total",
          "Number of exempt requests, not counting ignored or out of scope requests.");

  /** Counts versions newer than {@code own} as {@code future}. */
  ReferenceCounters(Version own) {
    this.own = own;
    for (String operation : List.of("create", "update")) {
      var pod = new Target(operation, "pod", "");
      evaluations.touch(new Evaluation(true, Level.PRIVILEGED, Version.LATEST, Mode.ENFORCE, pod));
      exemptions.touch(pod);
      exemptions.touch(new Target(operation, "controller", ""));
    }
  }

  /** A series, which knows its labels in order. */
  private sealed interface Series {
    void write(StringBuilder out, Version own);
  }

  /** What a request was about. */
  private record Target(String operation, String resource, String subresource) implements Series {
    @Override
    public void write(StringBuilder out, Version own) {
      label(out, "request_operation", operation);
      label(out, "resource", resource);
      label(out, "subresource", subresource);
    }
  }

  private record Evaluation(boolean allowed, Level level, Version version, Mode mode, Target target)
      implements Series {
    @Override
    public void write(StringBuilder out, Version own) {
      label(out, "decision", allowed ? "allow" : "deny");
      label(out, "mode", mode.toString());
      label(out, "policy_level", level.toString());
      label(
          out,
          "policy_version",
          own.olderThan(version) && !version.isLatest() ? "future" : version.toString());
      target.write(out, own);
    }
  }

  private record Fault(boolean fatal, Target target) implements Series {
    @Override
    public void write(StringBuilder out, Version own) {
      label(out, "fatal", fatal ? "true" : "false");
      target.write(out, own);
    }
  }

  void evaluated(
      boolean allowed,
      LevelVersion at,
      Mode mode,
      String operation,
      boolean pod,
      String subresource) {
    // Future versions come from labels: they are counted as one, or anybody could invent series.
    Version version =
        at.level() == Level.PRIVILEGED || at.version().isLatest()
            ? Version.LATEST
            : own.olderThan(at.version()) ? Version.of(Long.MAX_VALUE) : at.version();
    evaluations.add(
        new Evaluation(allowed, at.level(), version, mode, target(operation, pod, subresource)));
  }

  void exempted(String operation, boolean pod, String subresource) {
    exemptions.add(target(operation, pod, subresource));
  }

  void failed(boolean fatal, String operation, boolean pod, String subresource) {
    errors.add(new Fault(fatal, target(operation, pod, subresource)));
  }

  /** Whoever can send reviews chooses these texts, and must not be able to invent series. */
  private static Target target(String operation, boolean pod, String subresource) {
    return new Target(
        OPERATIONS.getOrDefault(operation, UntrustedText.OTHER),
        pod ? "pod" : "controller",
        UntrustedText.known(subresource, SUBRESOURCES));
  }

  /** {@return all of them in the text format 0.0.4} */
  String text() {
    var out = new StringBuilder(4096);
    errors.write(out, own);
    evaluations.write(out, own);
    exemptions.write(out, own);
    return out.toString();
  }

  private static void label(StringBuilder out, String name, String value) {
    out.append(out.charAt(out.length() - 1) == '{' ? "" : ",").append(name).append("=\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\\' -> out.append("\\\\");
        case '"' -> out.append("\\\"");
        case '\n' -> out.append("\\n");
        default -> out.append(c);
      }
    }
    out.append('"');
  }

  private static final class Family {
    private final String name;
    private final String help;
    private final Map<Series, LongAdder> counts = new ConcurrentHashMap<>();

    Family(String name, String help) {
      this.name = name;
      this.help = help;
    }

    void touch(Series series) {
      counts.computeIfAbsent(series, key -> new LongAdder());
    }

    void add(Series series) {
      LongAdder count = counts.get(series);
      if (count == null) {
        count = counts.computeIfAbsent(series, key -> new LongAdder());
      }
      count.increment();
    }

    void write(StringBuilder out, Version own) {
      if (counts.isEmpty()) {
        return;
      }
      out.append("# HELP ").append(name).append(" [ALPHA] ").append(help).append('\n');
      out.append("# TYPE ").append(name).append(" counter\n");
      counts.entrySet().stream()
          .map(entry -> {
            var line = new StringBuilder(name).append('{');
            entry.getKey().write(line, own);
            return line.append("} ").append(entry.getValue().sum()).append('\n').toString();
          })
          .sorted()
          .forEach(out::append);
    }
  }
}
