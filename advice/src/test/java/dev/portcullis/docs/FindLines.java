package dev.portcullis.docs;

import dev.portcullis.manifests.ManifestFile;
import dev.portcullis.manifests.ManifestReader;
import dev.portcullis.manifests.Workload;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.FieldError;
import dev.portcullis.policy.Level;
import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.Verdict;
import dev.portcullis.policy.Version;
import dev.portcullis.policy.checks.Checks;
import java.nio.charset.StandardCharsets;

public class FindLines {
  private static final String MANIFEST =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: web
      spec:
        template:
          spec:
            hostNetwork: true
            containers:
              - name: web
                image: web:1
                ports:
                  - containerPort: 8080
                    hostPort: 80
      """;

  public static void main(String[] args) {
    ManifestFile file =
        new ManifestReader().read("web.yaml", MANIFEST.getBytes(StandardCharsets.UTF_8));
    file.errors().forEach(error -> System.out.println("web.yaml: " + error));

    Evaluator evaluator = Evaluator.of(Checks.standard());
    LevelVersion baseline = new LevelVersion(Level.BASELINE, Version.of(34));
    for (Workload workload : file.workloads()) {
      for (Verdict.Violation violation :
          evaluator.evaluate(baseline, workload.pod()).violations()) {
        for (FieldError field : violation.result().fields()) {
          int line = workload.positionOf(field.path()).line();
          System.out.println("web.yaml:" + line + ": " + violation.check().id() + ": " + field);
        }
      }
    }
  }
}
