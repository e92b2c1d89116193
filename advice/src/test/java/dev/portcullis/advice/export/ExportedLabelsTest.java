package dev.portcullis.advice.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.admission.config.Exemptions;
import dev.portcullis.admission.config.PodSecurityConfiguration;
import dev.portcullis.advice.export.CelPolicy.Input;
import dev.portcullis.policy.Level;
import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.PolicyLabels;
import dev.portcullis.policy.Version;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Labels, defaults and exemptions come to what they come to in the engine. */
class ExportedLabelsTest {
  private static final List<String> LEVELS =
      List.of("privileged", "baseline", "restricted", "restricted", "Baseline", "");
  private static final List<String> VERSIONS =
      List.of(
          "latest",
          "v1.0",
          "v1.24",
          "v1.99",
          "v1.9223372036854775807",
          "v1.9223372036854775808",
          "v1.01",
          "1.25",
          "v1.25 ",
          "");
  private static final Exemptions EXEMPTIONS =
      new Exemptions(Set.of("robot"), Set.of("left-alone"), Set.of("kata"));
  private static final List<Policy> DEFAULTS =
      List.of(
          Policy.PRIVILEGED,
          new Policy(
              new LevelVersion(Level.BASELINE, Version.LATEST),
              new LevelVersion(Level.RESTRICTED, Version.of(25)),
              new LevelVersion(Level.BASELINE, Version.of(20))),
          Policy.uniform(new LevelVersion(Level.RESTRICTED, Version.of(30))));

  private final List<Map<String, ?>> pods = new ArrayList<>();
  private final SplittableRandom random = new SplittableRandom(4711);

  ExportedLabelsTest() {
    pods.add(Map.of("spec", Map.of("containers", List.of(Map.of("name", "a")))));
    pods.add(
        Map.of(
            "spec",
            Map.of(
                "hostNetwork",
                true,
                "runtimeClassName",
                "kata",
                "containers",
                List.of(Map.of("name", "a")))));
    pods.add(Map.of("spec", Map.of("hostPID", true, "containers", List.of(Map.of("name", "b")))));
  }

  @Test
  void randomLabelsComeToTheSamePolicy() throws Exception {
    for (Policy defaults : DEFAULTS) {
      var policies = export(defaults, ExportOptions.Profile.REPLACE, PolicyLabels.PREFIX);
      var enforce = new CelPolicy(Judged.policy(policies, "pod-security.portcullis.dev"));
      var report = new CelPolicy(Judged.policy(policies, "pod-security.kubernetes.io"));
      for (int i = 0; i < 150; i++) {
        Map<String, String> labels = labels();
        Map<String, ?> pod = pods.get(random.nextInt(pods.size()));
        String user = random.nextInt(8) == 0 ? "robot" : "somebody";
        Input input =
            Input.create(StoredPods.of(pod), labels)
                .with("request", Input.request("CREATE", "pods", user));
        Expected expected = Expected.of(labels, defaults, pod, user);
        assertThat(enforce.message(input)).as("%s %s", labels, pod).isEqualTo(expected.denial());
        assertThat(report.message(input)).as("%s %s", labels, pod).isEqualTo(expected.warning());
        assertThat(report.annotations(input))
            .as("%s %s", labels, pod)
            .containsExactlyInAnyOrderEntriesOf(expected.annotations());
      }
    }
  }

  @Test
  void labelsOfOnesOwnCountAloneBesideThePlugin() {
    var policies =
        export(DEFAULTS.get(1), ExportOptions.Profile.COMPLEMENT, "security.example.com/");
    var enforce = new CelPolicy(Judged.policy(policies, "pod-security.portcullis.dev"));
    Map<String, Object> bare = StoredPods.of(pods.getFirst());
    Map<String, Object> host = StoredPods.of(pods.getLast());

    assertThat(enforce.message(Input.create(host, Map.of())))
        .startsWith("violates PodSecurity \"baseline:latest\": host namespaces");
    // The plugin has an answer of its own here.
    assertThat(enforce.message(Input.create(host, Map.of(PolicyLabels.ENFORCE, "privileged"))))
        .isEmpty();
    assertThat(
            enforce.message(
                Input.create(
                    bare,
                    Map.of(
                        PolicyLabels.ENFORCE,
                        "privileged",
                        "security.example.com/enforce",
                        "restricted"))))
        .startsWith("violates PodSecurity \"restricted:latest\": allowPrivilegeEscalation");
  }

  @Test
  void anUpdateCountsWhereImagesOrContainersChange() {
    var policies = export(DEFAULTS.get(1), ExportOptions.Profile.REPLACE, PolicyLabels.PREFIX);
    var enforce = new CelPolicy(Judged.policy(policies, "pod-security.portcullis.dev"));
    Map<String, Object> before = running("cart:1", List.of());
    assertThat(update(enforce, before, running("cart:1", List.of()))).isEmpty();
    assertThat(update(enforce, before, running("cart:2", List.of()))).contains("hostPID");
    Map<String, Object> debugged = running("cart:1", List.of(Map.of("name", "d", "image", "sh:1")));
    assertThat(update(enforce, before, debugged)).contains("hostPID");
    assertThat(update(enforce, debugged, debugged)).isEmpty();
  }

  @Test
  void aWorkloadIsRefusedOnlyWhereItsTemplateChanged() {
    var policies = export(DEFAULTS.get(1), ExportOptions.Profile.REPLACE, PolicyLabels.PREFIX);
    var workloads = new CelPolicy(Judged.policy(policies, "workloads.pod-security.portcullis.dev"));
    Map<String, Object> deployment =
        Map.of("spec", Map.of("replicas", 1L, "template", running("cart:1", List.of())));
    Map<String, Object> scaled =
        Map.of("spec", Map.of("replicas", 2L, "template", running("cart:1", List.of())));
    Map<String, Object> changed =
        Map.of("spec", Map.of("replicas", 1L, "template", running("cart:2", List.of())));
    var request = Input.request("UPDATE", "deployments", "somebody");
    Input update = Input.create(scaled, Map.of()).with("request", request);

    assertThat(workloads.message(update.with("oldObject", deployment))).isEmpty();
    assertThat(workloads.message(update.with("oldObject", changed)))
        .isEqualTo(
            "its pods would violate PodSecurity \"baseline:latest\": host namespaces"
                + " (hostPID=true)");
  }

  @Test
  void labelValuesAreValidatedAsByTheEngine() {
    var policies = export(Policy.PRIVILEGED, ExportOptions.Profile.REPLACE, PolicyLabels.PREFIX);
    var values = new CelPolicy(Judged.policy(policies, "labels.pod-security.portcullis.dev"));
    for (int i = 0; i < 200; i++) {
      Map<String, String> labels = labels();
      var errors = PolicyLabels.resolve(labels, Policy.PRIVILEGED).errors();
      Input create = Input.create(namespace(labels), Map.of());
      assertThat(values.message(create))
          .isEqualTo(errors.isEmpty() ? "" : PolicyLabels.aggregate(errors));
      Input update =
          create
              .with("request", Input.request("UPDATE", "namespaces", "somebody"))
              .with("oldObject", namespace(labels));
      assertThat(values.message(update)).isEmpty();
    }
  }

  private static String update(
      CelPolicy policy, Map<String, Object> before, Map<String, Object> after) {
    return policy.message(
        Input.create(after, Map.of())
            .with("oldObject", before)
            .with("request", Input.request("UPDATE", "pods", "somebody")));
  }

  private static Map<String, Object> running(String image, List<Map<String, ?>> ephemeral) {
    return Map.of(
        "spec",
        Map.of(
            "hostPID",
            true,
            "containers",
            List.of(Map.of("name", "a", "image", image)),
            "ephemeralContainers",
            ephemeral));
  }

  private static Map<String, Object> namespace(Map<String, String> labels) {
    return Map.of("metadata", Map.of("name", "shop", "labels", labels));
  }

  private Map<String, String> labels() {
    var labels = new TreeMap<String, String>();
    for (Mode mode : Mode.values()) {
      if (random.nextInt(5) < 3) {
        labels.put(PolicyLabels.level(mode), LEVELS.get(random.nextInt(LEVELS.size())));
      }
      if (random.nextInt(5) < 2) {
        labels.put(PolicyLabels.version(mode), VERSIONS.get(random.nextInt(VERSIONS.size())));
      }
    }
    return labels;
  }

  private static ValidatingPolicies export(
      Policy defaults, ExportOptions.Profile profile, String prefix) {
    return ValidatingPolicies.of(
        new ExportOptions(
            new PodSecurityConfiguration(defaults, EXEMPTIONS),
            profile,
            37,
            EnumSet.allOf(Mode.class),
            prefix,
            ExportOptions.Workloads.ENFORCE,
            true,
            true,
            "test"),
        Judged.EVALUATOR);
  }

  /** What the reference's flow says of a pod; the flow itself has tests of its own. */
  private record Expected(String denial, String warning, Map<String, String> annotations) {
    static Expected of(Map<String, String> labels, Policy defaults, Map<String, ?> pod, String user)
        throws Exception {
      if (EXEMPTIONS.user(user)) {
        return new Expected("", "", Map.of("exempt", "user"));
      }
      var resolved = PolicyLabels.resolve(labels, defaults);
      Policy policy = resolved.policy();
      var notes = new LinkedHashMap<String, String>();
      if (policy.fullyPrivileged() && resolved.errors().isEmpty()) {
        return new Expected("", "", Map.of("enforce-policy", "privileged:latest"));
      }
      if (pod.get("spec") instanceof Map<?, ?> spec
          && "kata".equals(spec.get("runtimeClassName"))) {
        return new Expected("", "", Map.of("exempt", "runtimeClass"));
      }
      notes.put("enforce-policy", policy.enforce().toString());
      if (!resolved.errors().isEmpty()) {
        notes.put("error", "Failed to parse policy: " + PolicyLabels.aggregate(resolved.errors()));
      }
      String audit = Judged.violations("would violate", policy.audit(), pod);
      if (!audit.isEmpty()) {
        notes.put("audit-violations", audit);
      }
      String denial = Judged.violations("violates", policy.enforce(), pod);
      String warning =
          denial.isEmpty() ? Judged.violations("would violate", policy.warn(), pod) : "";
      return new Expected(denial, warning, notes);
    }
  }
}
