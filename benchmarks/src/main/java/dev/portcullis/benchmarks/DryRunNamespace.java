package dev.portcullis.benchmarks;

import dev.portcullis.admission.Admission;
import dev.portcullis.admission.AdmissionRequest;
import dev.portcullis.admission.AdmissionResponse;
import dev.portcullis.admission.Deadline;
import dev.portcullis.admission.Recorder;
import dev.portcullis.admission.config.PodSecurityConfiguration;
import dev.portcullis.admission.review.ReviewDecoder;
import dev.portcullis.admission.review.ReviewException;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.checks.Checks;
import dev.portcullis.policy.json.JsonException;
import dev.portcullis.policy.json.JsonLimits;
import dev.portcullis.policy.json.JsonSlice;
import dev.portcullis.policy.pod.PodDecoder;
import dev.portcullis.policy.pod.PodView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A namespace is labelled restricted, and its pods, decoded already, are tried. A third of them has
 * what restricted asks for, a third sets nothing, a third breaks nearly every check; ten belong to
 * one controller.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 8, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(2)
public class DryRunNamespace {
  private static final int PAGE = 500;

  /** How many pods the namespace has. */
  @Param({"3000", "30000"})
  public int pods = 3000;

  private Admission admission = admission(List.of());
  private AdmissionRequest request = request();

  /** Makes the pods. */
  @Setup
  public void fill() throws JsonException {
    byte[][] kinds = {BenchmarkPods.allowed(), BenchmarkPods.plain(), BenchmarkPods.denied()};
    List<PodView> existing = new ArrayList<>(pods);
    for (int i = 0; i < pods; i++) {
      int controller = i / 10;
      String text =
          new String(kinds[controller % kinds.length], StandardCharsets.UTF_8)
              .replace("web-6c5f7d9b8c-q4x2z", "web-" + i)
              .replace(
                  "66666666-7777-4888-8999-000000000000",
                  String.format(Locale.ROOT, "66666666-7777-4888-8999-%012d", controller));
      existing.add(
          PodDecoder.decode(
              JsonSlice.of(text.getBytes(StandardCharsets.UTF_8)), JsonLimits.STANDARD));
    }
    admission = admission(existing);
    request = request();
    if (enforce().warnings().size() < 3) {
      throw new IllegalStateException("the dry run found nothing: " + enforce().warnings());
    }
  }

  /** {@return the answer to the update of the namespace} */
  @Benchmark
  public AdmissionResponse enforce() {
    return admission.review(request, Deadline.none());
  }

  private static Admission admission(List<PodView> existing) {
    return new Admission(
        Evaluator.of(Checks.standard()),
        PodSecurityConfiguration.ALLOW_ALL,
        EveryNamespace.labelled(Map.of()),
        (namespace, deadline, page) -> {
          for (int from = 0; from < existing.size(); from += PAGE) {
            int to = Math.min(existing.size(), from + PAGE);
            if (!page.accept(existing.subList(from, to), existing.size() - to)) {
              return;
            }
          }
        },
        Recorder.NONE);
  }

  private static AdmissionRequest request() {
    String namespace =
        "{\"kind\":\"Namespace\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"shop\",\"labels\":{%s}}}";
    String body =
        """
        {"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"u",\
        "kind":{"group":"","version":"v1","kind":"Namespace"},\
        "resource":{"group":"","version":"v1","resource":"namespaces"},\
        "name":"shop","namespace":"shop","operation":"UPDATE","userInfo":{"username":"admin"},\
        "object":%s,"oldObject":%s}}
        """
            .formatted(
                namespace.formatted("\"pod-security.kubernetes.io/enforce\":\"restricted\""),
                namespace.formatted(""));
    try {
      return ReviewDecoder.decode(JsonSlice.of(body.getBytes(StandardCharsets.UTF_8)));
    } catch (ReviewException e) {
      throw new IllegalStateException(e);
    }
  }
}
