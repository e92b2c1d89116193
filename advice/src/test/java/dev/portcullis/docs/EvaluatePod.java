package dev.portcullis.docs;

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
import java.nio.charset.StandardCharsets;

public class EvaluatePod {
  public static void main(String[] args) throws JsonException {
    byte[] json =
        """
        {"spec": {"hostPID": true, "containers": [{"name": "web", "image": "web:1"}]}}
        """
            .getBytes(StandardCharsets.UTF_8);
    PodView pod = PodDecoder.decodePod(JsonSlice.of(json), JsonLimits.STANDARD);

    Evaluator evaluator = Evaluator.of(Checks.standard());
    Verdict verdict = evaluator.evaluate(new LevelVersion(Level.BASELINE, Version.LATEST), pod);

    System.out.println(verdict.allowed() ? "allowed" : verdict.detail());
    for (Verdict.Violation violation : verdict.violations()) {
      System.out.println(violation.check().id() + ": " + violation.result().fields());
    }
  }
}
