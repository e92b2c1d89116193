package dev.portcullis.benchmarks;

import dev.portcullis.policy.Policy;
import dev.portcullis.policy.PolicyLabels;
import java.util.HashMap;
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

/** Labels of a namespace, over defaults, to the policy it asks for. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(2)
public class LabelsToPolicy {
  private final Map<String, String> pinned = labels("restricted", "v1.30");
  private final Map<String, String> faulty = labels("strict", "1.30");
  private final Map<String, String> none = Map.of("kubernetes.io/metadata.name", "shop");

  private static Map<String, String> labels(String level, String version) {
    Map<String, String> labels = new HashMap<>();
    labels.put("kubernetes.io/metadata.name", "shop");
    labels.put("team", "shop");
    for (String mode : new String[] {"enforce", "audit", "warn"}) {
      labels.put("pod-security.kubernetes.io/" + mode, level);
      labels.put("pod-security.kubernetes.io/" + mode + "-version", version);
    }
    return labels;
  }

  /** {@return the policy of a namespace with all six labels} */
  @Benchmark
  public PolicyLabels.Resolution sixLabels() {
    return PolicyLabels.resolve(pinned, Policy.PRIVILEGED);
  }

  /** {@return the policy and the errors of a namespace with six labels that are all wrong} */
  @Benchmark
  public PolicyLabels.Resolution sixWrongLabels() {
    return PolicyLabels.resolve(faulty, Policy.PRIVILEGED);
  }

  /** {@return the defaults, for a namespace that asks for nothing} */
  @Benchmark
  public PolicyLabels.Resolution noLabels() {
    return PolicyLabels.resolve(none, Policy.PRIVILEGED);
  }
}
