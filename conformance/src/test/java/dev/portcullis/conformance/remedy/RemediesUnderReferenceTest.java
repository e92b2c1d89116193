package dev.portcullis.conformance.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.portcullis.admission.AdmissionRequest;
import dev.portcullis.admission.AdmissionResponse;
import dev.portcullis.admission.Deadline;
import dev.portcullis.admission.Lookup;
import dev.portcullis.admission.NamespaceGetter;
import dev.portcullis.admission.RequestObject;
import dev.portcullis.admission.config.Exemptions;
import dev.portcullis.admission.harden.HardenOrder;
import dev.portcullis.admission.harden.Hardening;
import dev.portcullis.conformance.compare.Oracle;
import dev.portcullis.conformance.compare.Question;
import dev.portcullis.conformance.generate.Dice;
import dev.portcullis.conformance.generate.PodMaker;
import dev.portcullis.conformance.generate.Policies;
import dev.portcullis.conformance.json.GoJson;
import dev.portcullis.conformance.json.Json;
import dev.portcullis.conformance.json.Json.Obj;
import dev.portcullis.conformance.json.JsonReader;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.Level;
import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.Verdict;
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
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** {@code -Dremedies.pods=100000} is the full count of generated pods. */
class RemediesUnderReferenceTest {
  private static final Evaluator EVALUATOR = Evaluator.of(Checks.standard());
  private static final Remedies REMEDIES = Remedies.of(EVALUATOR);
  private static final int PODS = Integer.getInteger("remedies.pods", 3_000);
  private static final Path ORACLE = Path.of(".build/oracle");

  private record Case(String name, LevelVersion at, Json pod) {
    static Case of(int index) {
      Dice dice = Dice.of(7, "remedies", index);
      return new Case(
          "pod " + index, Policies.pairs(dice, 1).getFirst(), Patched.normal(PodMaker.pod(dice)));
    }

    Json copy() {
      return Patched.normal(pod);
    }
  }

  @Test
  void remediedPodsFailExactlyTheChecksWithSomethingLeft() throws JsonException {
    for (int i = 0; i < PODS; i++) {
      Case one = Case.of(i);
      Plan plan = REMEDIES.plan(one.at(), decode(one.pod()), Risk.MAY_BREAK);
      PodView remedied = decode(Patched.apply(one.copy(), plan.toJsonPatch()));
      var left = new TreeSet<>(plan.left().stream().map(Remedy::check).toList());

      assertThat(failing(one.at(), remedied)).as("%s", one).isEqualTo(left);
      assertThat(REMEDIES.plan(one.at(), remedied, Risk.MAY_BREAK).edits()).as("%s", one).isEmpty();
    }
  }

  @Test
  void theReferenceSaysOfRemediedPodsWhatThePlanPromised() throws IOException, JsonException {
    assumeTrue(Files.isExecutable(ORACLE), "the oracle is not built");
    try (var oracle = new Oracle(ORACLE.toAbsolutePath())) {
      for (int i = 0; i < PODS; i++) {
        Case one = Case.of(i);
        Plan plan = REMEDIES.plan(one.at(), decode(one.pod()), Risk.MAY_BREAK);
        Json remedied = Patched.apply(one.copy(), plan.toJsonPatch());
        var question =
            new Obj()
                .put("op", Json.text("evaluate"))
                .put("id", Json.number(i))
                .put("level", Json.text(one.at().level().toString()))
                .put("version", Json.text(one.at().version().toString()))
                .put("pod", remedied);
        var answer = (Obj) JsonReader.read(oracle.ask(new Question(question)));

        assertThat(answer.get("allowed"))
            .as("%s: %s", one, answer)
            .isEqualTo(Json.bool(plan.left().isEmpty()));
        assertThat(Json.string(answer.get("detail")))
            .as("%s", one)
            .isEqualTo(EVALUATOR.evaluate(one.at(), decode(remedied)).detail());
      }
    }
  }

  @Test
  void hardeningNeverMakesValidationDenyWhatItWouldHaveAllowed() throws JsonException {
    int patched = 0;
    for (int i = 0; i < PODS; i++) {
      Case one = Case.of(i);
      Dice dice = Dice.of(7, "hardening", i);
      var labels =
          Map.of(
              HardenOrder.LEVEL, dice.pick("baseline", "restricted", "restricted"),
              HardenOrder.VERSION, Policies.version(dice).toString(),
              HardenOrder.ALLOW, dice.pick("safe", "may-break"));
      AdmissionResponse answer = harden(one.pod(), labels);
      assertThat(answer.allowed()).isTrue();
      if (answer.patch() == null) {
        continue;
      }
      patched++;
      Json after = Patched.apply(one.copy(), answer.patch());
      assertThat(holds(after, one.pod())).as("%s: %s", one, answer.patch()).isTrue();
      assertThat(harden(after, labels).patch()).as("%s, again", one).isNull();
      for (LevelVersion at : Policies.pairs(dice, 8)) {
        Set<String> before = failing(at, decode(one.pod()));
        assertThat(before)
            .as("%s at %s: %s", one, at, answer.patch())
            .containsAll(failing(at, decode(after)));
      }
    }
    assertThat(patched).isGreaterThan(PODS / 10);
  }

  /** {@return whether all that {@code before} holds is in {@code after} as it was} */
  private static boolean holds(Json after, Json before) {
    if (before instanceof Obj object && after instanceof Obj fuller) {
      return object.members().stream()
          .allMatch(member -> {
            Json now = fuller.get(member.name());
            return now != null && holds(now, member.value());
          });
    }
    if (before instanceof Json.Arr list && after instanceof Json.Arr same) {
      boolean all = list.items().size() == same.items().size() || list.items().isEmpty();
      for (int i = 0; all && i < list.items().size(); i++) {
        all = holds(same.items().get(i), list.items().get(i));
      }
      return all;
    }
    return before.equals(after);
  }

  private static AdmissionResponse harden(Json pod, Map<String, String> labels) {
    var namespaces =
        new NamespaceGetter() {
          @Override
          public Lookup get(String name, Deadline deadline) {
            return Lookup.found(labels);
          }

          @Override
          public boolean answersAtOnce(String name) {
            return true;
          }
        };
    var request =
        new AdmissionRequest(
            "u",
            "",
            "v1",
            "Pod",
            "",
            "v1",
            "pods",
            "",
            "p",
            "shop",
            "CREATE",
            "eve",
            RequestObject.of(slice(pod)),
            RequestObject.NONE,
            false);
    return new Hardening(EVALUATOR, HardenOrder.NONE, namespaces)
        .harden(request, Exemptions.NONE, Deadline.none());
  }

  private static Set<String> failing(LevelVersion at, PodView pod) {
    if (at.level() == Level.PRIVILEGED) {
      return Set.of();
    }
    List<Verdict.Violation> violations = EVALUATOR.evaluate(at, pod).violations();
    return new TreeSet<>(violations.stream().map(violation -> violation.check().id()).toList());
  }

  private static PodView decode(Json pod) throws JsonException {
    return PodDecoder.decode(slice(pod), JsonLimits.STANDARD);
  }

  private static JsonSlice slice(Json pod) {
    return JsonSlice.of(GoJson.print(pod).getBytes(StandardCharsets.UTF_8));
  }
}
