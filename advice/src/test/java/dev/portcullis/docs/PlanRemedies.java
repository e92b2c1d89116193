package dev.portcullis.docs;

import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.Level;
import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.Version;
import dev.portcullis.policy.checks.Checks;
import dev.portcullis.policy.json.JsonException;
import dev.portcullis.policy.json.JsonLimits;
import dev.portcullis.policy.json.JsonSlice;
import dev.portcullis.policy.pod.PodDecoder;
import dev.portcullis.policy.pod.PodView;
import dev.portcullis.policy.remedy.Plan;
import dev.portcullis.policy.remedy.Remedies;
import dev.portcullis.policy.remedy.Remedy;
import dev.portcullis.policy.remedy.Risk;
import java.nio.charset.StandardCharsets;

public class PlanRemedies {
  public static void main(String[] args) throws JsonException {
    byte[] json =
        """
        {"spec": {"containers": [{"name": "web", "securityContext": {"privileged": true}}]}}
        """
            .getBytes(StandardCharsets.UTF_8);
    PodView pod = PodDecoder.decodePod(JsonSlice.of(json), JsonLimits.STANDARD);

    Remedies remedies = Remedies.of(Evaluator.of(Checks.standard()));
    Plan plan =
        remedies.plan(new LevelVersion(Level.RESTRICTED, Version.LATEST), pod, Risk.MAY_BREAK);

    System.out.println(plan.toJsonPatch());
    for (Remedy remedy : plan.left()) {
      System.out.println(remedy.check() + ": " + remedy.effect() + " " + remedy.options());
    }
  }
}
