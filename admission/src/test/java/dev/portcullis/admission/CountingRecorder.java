package dev.portcullis.admission;

import dev.portcullis.policy.Level;
import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.Verdict;
import dev.portcullis.policy.pod.PodView;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Counts as the reference's metrics do, for a server without a version of its own. */
public final class CountingRecorder implements Recorder {
  private final Map<String, Integer> counts = new TreeMap<>();

  /** Starts with the series that are there from the beginning. */
  public CountingRecorder() {
    for (String operation : new String[] {"create", "update"}) {
      counts.put(
          evaluations("allow", Mode.ENFORCE, "privileged", "latest", operation, "pod", ""), 0);
      for (String resource : new String[] {"pod", "controller"}) {
        counts.put("pod_security_exemptions_total{" + where(operation, resource, "") + "}", 0);
      }
    }
  }

  @Override
  public void evaluated(
      AdmissionRequest request, Mode mode, LevelVersion at, Verdict verdict, PodView pod) {
    boolean latest = at.version().isLatest() || at.level() == Level.PRIVILEGED;
    count(
        evaluations(
            verdict.allowed() ? "allow" : "deny",
            mode,
            at.level().toString(),
            latest ? "latest" : "future",
            operation(request),
            resource(request),
            request.subResource()));
  }

  @Override
  public void privileged(AdmissionRequest request) {
    count(
        evaluations(
            "allow",
            Mode.ENFORCE,
            "privileged",
            "latest",
            operation(request),
            resource(request),
            request.subResource()));
  }

  @Override
  public void exempt(AdmissionRequest request) {
    count(
        "pod_security_exemptions_total{"
            + where(operation(request), resource(request), request.subResource())
            + "}");
  }

  @Override
  public void failed(AdmissionRequest request, boolean fatal) {
    String where = where(operation(request), resource(request), request.subResource());
    count("pod_security_errors_total{fatal=\"" + fatal + "\"," + where + "}");
  }

  /** {@return the series and their counts, sorted} */
  public String series() {
    var out = new StringBuilder();
    counts.forEach((series, count) -> out.append(series).append(' ').append(count).append('\n'));
    return out.toString();
  }

  private void count(String series) {
    counts.merge(series, 1, Integer::sum);
  }

  private static String evaluations(
      String decision,
      Mode mode,
      String level,
      String version,
      String operation,
      String resource,
      String sub) {
    return "pod_security_evaluations_total{decision=\"%s\",mode=\"%s\",policy_level=\"%s\",policy_version=\"%s\",%s}"
        .formatted(decision, mode, level, version, where(operation, resource, sub));
  }

  private static String where(String operation, String resource, String sub) {
    return "request_operation=\"%s\",resource=\"%s\",subresource=\"%s\""
        .formatted(operation, resource, sub);
  }

  private static String operation(AdmissionRequest request) {
    return request.operation().toLowerCase(Locale.ROOT);
  }

  private static String resource(AdmissionRequest request) {
    return request.isPod() ? "pod" : request.isNamespace() ? "namespace" : "controller";
  }
}
