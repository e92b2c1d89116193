package dev.portcullis.benchmarks;

import dev.portcullis.admission.Admission;
import dev.portcullis.admission.AdmissionRequest;
import dev.portcullis.admission.Deadline;
import dev.portcullis.admission.NamespaceGetter;
import dev.portcullis.admission.Recorder;
import dev.portcullis.admission.config.Exemptions;
import dev.portcullis.admission.config.PodSecurityConfiguration;
import dev.portcullis.admission.harden.HardenOrder;
import dev.portcullis.admission.harden.Hardening;
import dev.portcullis.admission.review.ReviewDecoder;
import dev.portcullis.admission.review.ReviewEncoder;
import dev.portcullis.admission.review.ReviewException;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.checks.Checks;
import dev.portcullis.policy.json.JsonSlice;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From a review's bytes to the answer's, hardening beside validating, both at restricted:latest.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 10, time = 1)
@Fork(2)
public class HardenPod {
  private final Evaluator evaluator = Evaluator.of(Checks.standard());
  private final NamespaceGetter namespaces =
      EveryNamespace.labelled(
          Map.of(
              HardenOrder.LEVEL,
              "restricted",
              HardenOrder.ALLOW,
              "may-break",
              "pod-security.kubernetes.io/enforce",
              "restricted",
              "pod-security.kubernetes.io/audit",
              "restricted",
              "pod-security.kubernetes.io/warn",
              "restricted"));
  private final Hardening hardening = new Hardening(evaluator, HardenOrder.NONE, namespaces);
  private final Admission admission =
      new Admission(
          evaluator,
          PodSecurityConfiguration.ALLOW_ALL,
          namespaces,
          (namespace, deadline, page) -> {},
          Recorder.NONE);
  private final byte[] plain = review(BenchmarkPods.plain());
  private final byte[] allowed = review(BenchmarkPods.allowed());

  private static byte[] review(byte[] pod) {
    return BenchmarkReviews.review("shop", pod, "").getBytes(StandardCharsets.UTF_8);
  }

  /** {@return the patch for a pod that sets nothing} */
  @Benchmark
  public byte[] hardenPlainPod() throws ReviewException {
    return harden(plain);
  }

  /** {@return the denial of the same pod} */
  @Benchmark
  public byte[] validatePlainPod() throws ReviewException {
    return validate(plain);
  }

  /** {@return no patch, for a pod that has it all} */
  @Benchmark
  public byte[] hardenAllowedPod() throws ReviewException {
    return harden(allowed);
  }

  /** {@return the leave for the same pod} */
  @Benchmark
  public byte[] validateAllowedPod() throws ReviewException {
    return validate(allowed);
  }

  private byte[] harden(byte[] body) throws ReviewException {
    AdmissionRequest request = ReviewDecoder.decode(JsonSlice.of(body));
    return ReviewEncoder.encode(
        request, hardening.harden(request, Exemptions.NONE, Deadline.none()));
  }

  private byte[] validate(byte[] body) throws ReviewException {
    AdmissionRequest request = ReviewDecoder.decode(JsonSlice.of(body));
    return ReviewEncoder.encode(request, admission.review(request, Deadline.none()));
  }
}
