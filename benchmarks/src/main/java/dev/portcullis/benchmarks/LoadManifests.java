package dev.portcullis.benchmarks;

import dev.portcullis.manifests.ManifestFile;
import dev.portcullis.manifests.ManifestReader;
import java.nio.charset.StandardCharsets;
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

/** Files of manifests, already read from the disk, to workloads whose places are known. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 10, time = 1)
@Fork(2)
public class LoadManifests {
  private static final String DEPLOYMENT =
      """
      # The shop's front.
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: web
        namespace: shop
        labels:
          app.kubernetes.io/name: web
      spec:
        replicas: 2
        selector:
          matchLabels:
            app.kubernetes.io/name: web
        template:
          metadata:
            labels:
              app.kubernetes.io/name: web
          spec:
            securityContext:
              runAsNonRoot: true
              seccompProfile:
                type: RuntimeDefault
            containers:
              - name: app
                image: registry.example.com/shop/web:1.0
                ports:
                  - containerPort: 8080
                env:
                  - name: LOG_LEVEL
                    value: info
                resources:
                  requests: {cpu: 100m, memory: 128Mi}
                  limits: {memory: 256Mi}
                readinessProbe:
                  httpGet: {path: /ready, port: 8080}
                securityContext:
                  allowPrivilegeEscalation: false
                  capabilities:
                    drop: [ALL]
      """;

  private final ManifestReader reader = new ManifestReader();
  private final byte[] one = bytes(DEPLOYMENT);
  private final byte[] hundred = bytes(("---\n" + DEPLOYMENT).repeat(100));
  private final byte[] json = BenchmarkPods.allowed();

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** {@return a file of one Deployment} */
  @Benchmark
  public ManifestFile oneDeployment() {
    return reader.read("web.yaml", one);
  }

  /** {@return a file of a hundred Deployments} */
  @Benchmark
  public ManifestFile hundredDeployments() {
    return reader.read("all.yaml", hundred);
  }

  /** {@return a file with a pod as {@code kubectl get -o json} prints it, in one line} */
  @Benchmark
  public ManifestFile podInJson() {
    return reader.read("pod.json", json);
  }
}
