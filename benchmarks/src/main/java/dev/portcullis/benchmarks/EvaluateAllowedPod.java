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

/** All checks of restricted:latest over a pod that is already decoded and that none objects to. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 15, time = 1)
@Fork(2)
public class EvaluateAllowedPod {
  private final Evaluator evaluator = Evaluator.of(Checks.standard());
  private final LevelVersion restricted = new LevelVersion(Level.RESTRICTED, Version.LATEST);
  private PodView pod = BenchmarkPods.NONE;

  /** Decodes the pod. */
  @Setup
  public void decode() throws JsonException {
    pod = PodDecoder.decode(JsonSlice.of(BenchmarkPods.allowed()), JsonLimits.STANDARD);
    if (!evaluator.evaluate(restricted, pod).allowed()) {
      throw new IllegalStateException("the pod of this benchmark must be allowed");
    }
  }

  /** {@return the verdict} */
  @Benchmark
  public Verdict evaluate() {
    return evaluator.evaluate(restricted, pod);
  }
}
