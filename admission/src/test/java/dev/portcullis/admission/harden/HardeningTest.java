package dev.portcullis.admission.harden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.admission.AdmissionRequest;
import dev.portcullis.admission.AdmissionResponse;
import dev.portcullis.admission.Deadline;
import dev.portcullis.admission.Lookup;
import dev.portcullis.admission.NamespaceGetter;
import dev.portcullis.admission.RequestObject;
import dev.portcullis.admission.config.Exemptions;
import dev.portcullis.admission.review.ReviewEncoder;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.Level;
import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.Version;
import dev.portcullis.policy.checks.Checks;
import dev.portcullis.policy.json.JsonSlice;
import dev.portcullis.policy.remedy.Risk;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HardeningTest {
  private static final Evaluator EVALUATOR = Evaluator.of(Checks.standard());
  private static final String BARE =
      "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"containers\":[{\"name\":\"web\"}]}}";
  private static final Map<String, String> RESTRICTED = Map.of(HardenOrder.LEVEL, "restricted");

  @Test
  void safeRemediesAreAllThereIsWithoutLeave() {
    assertThat(answer(BARE, RESTRICTED))
        .isEqualTo(
            new AdmissionResponse(
                true,
                null,
                Map.of("hardened", "allowPrivilegeEscalation,seccompProfile_restricted"),
                List.of(),
                """
                [{"op":"add","path":"/spec/containers/0/securityContext","value":{"allowPrivilegeEscalation":false}},\
                {"op":"add","path":"/spec/securityContext","value":{"seccompProfile":{"type":"RuntimeDefault"}}},\
                {"op":"add","path":"/metadata/annotations",\
                "value":{"portcullis.dev/hardened":"allowPrivilegeEscalation,seccompProfile_restricted"}}]\
                """));
  }

  @Test
  void whatMayBreakNeedsLeaveAndAWarningHasToBeAskedFor() {
    assertThat(
            answer(
                BARE.replace(
                    "\"p\"}",
                    "\"p\",\"annotations\":{\"portcullis.dev/hardened\":\"runAsNonRoot\"}}"),
                with(RESTRICTED, HardenOrder.ALLOW, "may-break", HardenOrder.WARN, "true")))
        .isEqualTo(
            new AdmissionResponse(
                true,
                null,
                Map.of(
                    "hardened",
                    "allowPrivilegeEscalation,capabilities_restricted,runAsNonRoot,seccompProfile_restricted"),
                List.of(
                    "pod hardened to restricted:latest: allowPrivilegeEscalation,"
                        + " capabilities_restricted, runAsNonRoot, seccompProfile_restricted"),
                """
                [{"op":"add","path":"/spec/containers/0/securityContext","value":{"allowPrivilegeEscalation":false}},\
                {"op":"add","path":"/spec/containers/0/securityContext/capabilities","value":{"drop":["ALL"]}},\
                {"op":"add","path":"/spec/securityContext","value":{"runAsNonRoot":true}},\
                {"op":"add","path":"/spec/securityContext/seccompProfile","value":{"type":"RuntimeDefault"}},\
                {"op":"add","path":"/metadata/annotations/portcullis.dev~1hardened",\
                "value":"runAsNonRoot,allowPrivilegeEscalation,capabilities_restricted,seccompProfile_restricted"}]\
                """));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"allowPrivilegeEscalation\":true,\"seccompProfile\":{\"type\":\"Unconfined\"},\"runAsNonRoot\":false}",
        "{\"capabilities\":{\"add\":[\"SYS_ADMIN\"],\"drop\":[\"KILL\"]},\"seccompProfile\":{\"type\":\"Localhost\"},\"runAsNonRoot\":false}",
        "{\"privileged\":true,\"runAsUser\":0,\"seccompProfile\":{\"type\":\"Localhost\"},\"capabilities\":{\"drop\":[\"ALL\"]}}",
      })
  void whatSomebodySetIsNeverTouched(String context) {
    String pod = BARE.replace("\"web\"", "\"web\",\"securityContext\":" + context);
    String patch =
        String.valueOf(answer(pod, with(RESTRICTED, HardenOrder.ALLOW, "may-break")).patch());

    assertThat(patch)
        .doesNotContain(
            "replace", "remove", "/-", "containers/0/securityContext\"", "runAsNonRoot\":true");
    assertThat(patch.contains("allowPrivilegeEscalation")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "portcullis.dev/harden, strict, must be one of",
    "portcullis.dev/harden-version, 1.30, must be",
    "portcullis.dev/harden-allow, all, must be safe or may-break",
    "portcullis.dev/harden-warn, yes, must be true or false",
  })
  void badLabelsWarnAndDoNothing(String label, String value, String expected) {
    AdmissionResponse answer = answer(BARE, with(RESTRICTED, label, value));

    assertThat(answer.allowed()).isTrue();
    assertThat(answer.patch()).isNull();
    assertThat(answer.warnings())
        .singleElement()
        .asString()
        .startsWith("pod not hardened: label " + label + "=\"" + value + "\" ")
        .contains(expected);
  }

  @Test
  void theReviewCarriesThePatchInBase64() {
    AdmissionRequest request = request("pods", "", "shop", "CREATE", "eve", BARE);
    var response =
        new AdmissionResponse(
            true, null, Map.of("hardened", "x"), List.of("w"), "[{\"op\":\"add\"}]");

    assertThat(new String(ReviewEncoder.encode(request, response), StandardCharsets.UTF_8))
        .isEqualTo(
            """
            {"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","response":{"uid":"1","allowed":true,\
            "patch":"W3sib3AiOiJhZGQifV0=","patchType":"JSONPatch","auditAnnotations":{"hardened":"x"},\
            "warnings":["w"]}}
            """);
  }

  @Test
  void nothingHappensWhereNobodyAsksForIt() {
    assertThat(answer(BARE, Map.of())).isEqualTo(AdmissionResponse.ALLOWED);
    assertThat(answer(BARE, Map.of(HardenOrder.LEVEL, "baseline")))
        .isEqualTo(AdmissionResponse.ALLOWED);
    assertThat(answer(BARE, Map.of(HardenOrder.LEVEL, "privileged")))
        .isEqualTo(AdmissionResponse.ALLOWED);
    assertThat(answer("{\"spec\":{\"hostUsers\":false}}", RESTRICTED))
        .isEqualTo(AdmissionResponse.ALLOWED);
  }

  @Test
  void onlyCreatedPodsOfNobodyExemptCount() {
    var exempt = new Exemptions(Set.of("admin"), Set.of("kube-system"), Set.of("gvisor"));
    var hardening =
        new Hardening(EVALUATOR, HardenOrder.NONE, namespaces(Lookup.found(RESTRICTED)));
    String gvisor = BARE.replace("\"spec\":{", "\"spec\":{\"runtimeClassName\":\"gvisor\",");

    for (AdmissionRequest request :
        List.of(
            request("pods", "", "kube-system", "CREATE", "eve", BARE),
            request("pods", "", "shop", "CREATE", "admin", BARE),
            request("pods", "", "shop", "CREATE", "eve", gvisor),
            request("pods", "", "shop", "UPDATE", "eve", BARE),
            request("pods", "ephemeralcontainers", "shop", "CREATE", "eve", BARE),
            request("deployments", "", "shop", "CREATE", "eve", BARE))) {
      assertThat(hardening.harden(request, exempt, Deadline.none()))
          .as("%s", request)
          .isEqualTo(AdmissionResponse.ALLOWED);
    }
    assertThat(
            hardening
                .harden(request("pods", "", "shop", "CREATE", "eve", BARE), exempt, Deadline.none())
                .patch())
        .isNotNull();
  }

  @Test
  void failuresNeverBlock() {
    assertThat(answer("{\"spec\":7}", RESTRICTED))
        .isEqualTo(
            new AdmissionResponse(
                true, null, Map.of("error", "not hardened: failed to decode pod"), List.of()));
    var away =
        new Hardening(
            EVALUATOR, HardenOrder.NONE, namespaces(Lookup.failed("namespaces \"x\" not found")));
    assertThat(
            away.harden(
                request("pods", "", "x", "CREATE", "eve", BARE), Exemptions.NONE, Deadline.none()))
        .isEqualTo(
            new AdmissionResponse(
                true,
                null,
                Map.of("error", "not hardened: namespaces \"x\" not found"),
                List.of()));
  }

  @Test
  void theConfigurationGivesDefaultsAndLabelsGoBeforeThem() {
    HardenOrder defaults =
        HardenConfiguration.load(
            """
            apiVersion: portcullis.dev/v1alpha1
            kind: HardeningConfiguration
            defaults:
              harden: restricted
              harden-version: v1.30
              harden-allow: may-break
              harden-warn: true
            """
                .getBytes(StandardCharsets.UTF_8));
    var expected =
        new HardenOrder(new LevelVersion(Level.RESTRICTED, Version.of(30)), Risk.MAY_BREAK, true);

    assertThat(defaults).isEqualTo(expected);
    assertThat(HardenOrder.of(Map.of(), defaults).order()).isEqualTo(expected);
    assertThat(
            HardenOrder.of(
                    Map.of(HardenOrder.ALLOW, "safe", HardenOrder.LEVEL, "baseline"), defaults)
                .order())
        .isEqualTo(
            new HardenOrder(new LevelVersion(Level.BASELINE, Version.of(30)), Risk.SAFE, true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | apiVersion must be portcullis.dev/v1alpha1",
        "{apiVersion: portcullis.dev/v1alpha1, kind: Other} | kind must be HardeningConfiguration",
        "{apiVersion: portcullis.dev/v1alpha1, kind: HardeningConfiguration, x: 1} | there is no"
            + " such field: x",
        "{apiVersion: portcullis.dev/v1alpha1, kind: HardeningConfiguration, defaults: {level: x}}"
            + " | defaults.level: there is no such field",
        "{apiVersion: portcullis.dev/v1alpha1, kind: HardeningConfiguration, defaults:"
            + " {harden-allow: all}} | must be safe or may-break",
      })
  void badConfigurationsSayWhere(String yaml, String problem) {
    assertThatThrownBy(() -> HardenConfiguration.load(yaml.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(problem);
  }

  private static AdmissionResponse answer(String pod, Map<String, String> labels) {
    var hardening = new Hardening(EVALUATOR, HardenOrder.NONE, namespaces(Lookup.found(labels)));
    return hardening.harden(
        request("pods", "", "shop", "CREATE", "eve", pod), Exemptions.NONE, Deadline.none());
  }

  private static Map<String, String> with(Map<String, String> labels, String... more) {
    var all = new HashMap<>(labels);
    for (int i = 0; i < more.length; i += 2) {
      all.put(more[i], more[i + 1]);
    }
    return all;
  }

  private static NamespaceGetter namespaces(Lookup answer) {
    return new NamespaceGetter() {
      @Override
      public Lookup get(String name, Deadline deadline) {
        return answer;
      }

      @Override
      public boolean answersAtOnce(String name) {
        return true;
      }
    };
  }

  private static AdmissionRequest request(
      String resource,
      String subResource,
      String namespace,
      String operation,
      String user,
      String object) {
    return new AdmissionRequest(
        "1",
        "",
        "v1",
        "Pod",
        "",
        "v1",
        resource,
        subResource,
        "p",
        namespace,
        operation,
        user,
        RequestObject.of(JsonSlice.of(object.getBytes(StandardCharsets.UTF_8))),
        RequestObject.NONE,
        false);
  }
}
