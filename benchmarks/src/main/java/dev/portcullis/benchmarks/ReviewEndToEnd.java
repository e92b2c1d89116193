package dev.portcullis.benchmarks;

import dev.portcullis.admission.Admission;
import dev.portcullis.admission.AdmissionRequest;
import dev.portcullis.admission.Deadline;
import dev.portcullis.admission.Recorder;
import dev.portcullis.admission.config.PodSecurityConfiguration;
import dev.portcullis.admission.review.ReviewDecoder;
import dev.portcullis.admission.review.ReviewEncoder;
import dev.portcullis.admission.review.ReviewException;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.checks.Checks;
import dev.portcullis.policy.json.JsonSlice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** From a review's bytes to the answer's, as the server does it between reading and writing. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 10, time = 1)
@Fork(2)
public class ReviewEndToEnd {
  /** The review: {@code own}, or a file that holds an AdmissionReview. */
  @Param("own")
  public String review = "own";

  private final Admission restricted = admission("restricted");
  private final Admission privileged = admission("privileged");
  private byte[] allowed = new byte[0];
  private byte[] denied = new byte[0];

  /** Reads the reviews. */
  @Setup
  public void read() throws IOException {
    allowed =
        review.equals("own") ? own(BenchmarkPods.allowed()) : Files.readAllBytes(Path.of(review));
    denied = own(BenchmarkPods.denied());
  }

  /** {@return the answer where all three modes ask for restricted} */
  @Benchmark
  public byte[] allowedPod() throws ReviewException {
    return answer(restricted, allowed);
  }

  /** {@return the refusal of a pod of three containers} */
  @Benchmark
  public byte[] deniedPod() throws ReviewException {
    return answer(restricted, denied);
  }

  /** {@return the answer where nothing is asked for, so that the pod is not even decoded} */
  @Benchmark
  public byte[] podInPrivilegedNamespace() throws ReviewException {
    return answer(privileged, allowed);
  }

  private static byte[] answer(Admission admission, byte[] body) throws ReviewException {
    AdmissionRequest request = ReviewDecoder.decode(JsonSlice.of(body));
    return ReviewEncoder.encode(request, admission.review(request, Deadline.none()));
  }

  private static byte[] own(byte[] pod) {
    return BenchmarkReviews.review("shop", pod, "").getBytes(StandardCharsets.UTF_8);
  }

  private static Admission admission(String level) {
    return new Admission(
        Evaluator.of(Checks.standard()),
        PodSecurityConfiguration.ALLOW_ALL,
        EveryNamespace.at(level),
        (namespace, deadline, page) -> {},
        Recorder.NONE);
  }
}
