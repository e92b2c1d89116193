package dev.portcullis.benchmarks;

import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.Level;
import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.Verdict;
import dev.portcullis.policy.Version;
import dev.portcullis.policy.checks.Checks;
import dev.portcullis.policy.json.JsonException;
import dev.portcullis.policy.json.JsonLimits;
import dev.portcullis.policy.json.JsonSlice;
import dev.portcullis.policy.pod.PodDecoder;
import dev.portcullis.policy.pod.PodView;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** All checks of restricted:latest over pods that are already decoded and that many object to. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 15, time = 1)
@Fork(2)
public class EvaluateDeniedPod {
  private final Evaluator evaluator = Evaluator.of(Checks.standard());
  private final LevelVersion restricted = new LevelVersion(Level.RESTRICTED, Version.LATEST);
  private PodView pod = BenchmarkPods.NONE;
  private PodView plain = BenchmarkPods.NONE;

  /** Decodes the pods. */
  @Setup
  public void decode() throws JsonException {
    pod = PodDecoder.decode(JsonSlice.of(BenchmarkPods.denied()), JsonLimits.STANDARD);
    plain = PodDecoder.decode(JsonSlice.of(BenchmarkPods.plain()), JsonLimits.STANDARD);
    if (evaluator.evaluate(restricted, pod).violations().size() < 8) {
      throw new IllegalStateException("the pod of this benchmark must break eight checks or more");
    }
  }

  /** Three containers, with the whole message and all field errors. */
  @Benchmark
  public void messageAndFields(Blackhole sink) {
    Verdict verdict = evaluator.evaluate(restricted, pod);
    sink.consume(verdict.detail());
    for (Verdict.Violation violation : verdict.violations()) {
      sink.consume(violation.result().fields());
    }
  }

  /** {@return the reasons that a dry run groups the pods of a namespace by}, three containers */
  @Benchmark
  public String reasons() {
    return evaluator.evaluate(restricted, pod).reason();
  }

  /** {@return the same of a pod as most are: one container that sets nothing} */
  @Benchmark
  public String reasonsOfPlainPod() {
    return evaluator.evaluate(restricted, plain).reason();
  }
}
