package dev.portcullis.policy.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.policy.json.JsonException;
import dev.portcullis.policy.json.JsonLimits;
import dev.portcullis.policy.json.JsonSlice;
import dev.portcullis.testing.RecordBuilder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PodDecoderTest {
  private static final TemplatePath TEMPLATE = TemplatePath.required("spec", "template");
  private static final TemplatePath OPTIONAL = TemplatePath.optional("spec", "template");

  @Test
  void seesWhatChecksAndAdmissionRead() throws Exception {
    PodView pod =
        decode(
            """
            {"apiVersion": "v1", "kind": "Pod",
             "metadata": {"name": "n", "namespace": "s", "labels": {"a": "b"},
              "annotations": {"x": "y", "seccomp.security.alpha.kubernetes.io/pod": "z"},
              "ownerReferences": [{"uid": "1"}, {"uid": "2", "controller": true},
                {"uid": "3", "controller": true}]},
             "spec": {"hostNetwork": true, "hostPID": true, "hostIPC": true, "hostUsers": false,
              "os": {"name": "windows"}, "runtimeClassName": "gvisor", "nodeName": 7,
              "volumes": [{"name": "v", "nfs": {"server": "s"}, "emptyDir": {}}, {"hostPath": null}],
              "securityContext": {"sysctls": [{"name": "k", "value": "1"}]},
              "containers": [{"name": "c", "image": "i", "securityContext": {
                "privileged": true, "allowPrivilegeEscalation": false, "procMount": "Unmasked",
                "capabilities": {"add": ["A"], "drop": ["B", "C"]}, "runAsNonRoot": true,
                "runAsUser": 5, "seLinuxOptions": {"type": "t", "user": "u", "role": "r"},
                "seccompProfile": {}, "appArmorProfile": {"type": "x"},
                "windowsOptions": {"hostProcess": true}},
                "ports": [{}, {"hostPort": 80}],
                "livenessProbe": {"tcpSocket": {"host": "h"}},
                "lifecycle": {"preStop": {"httpGet": {"host": "g", "port": "x"}}}}],
              "initContainers": [{}]}}
            """);
    var context =
        RecordBuilder.of(SecurityContext.class)
            .with("privileged", true)
            .with("allowPrivilegeEscalation", false)
            .with("procMount", "Unmasked")
            .with("capabilities", new Capabilities(List.of("A"), List.of("B", "C")))
            .with("runAsNonRoot", true)
            .with("runAsUser", 5L)
            .with("seLinuxOptions", new SeLinuxOptions("t", "u", "r"))
            .with("seccompType", "")
            .with("appArmorType", "x")
            .with("hostProcess", true)
            .build();
    var sysctls = RecordBuilder.of(SecurityContext.class).with("sysctls", List.of("k")).build();
    var init = RecordBuilder.of(ContainerView.class).with("kind", ContainerView.Kind.INIT).build();
    var regular =
        RecordBuilder.of(ContainerView.class)
            .with("kind", ContainerView.Kind.REGULAR)
            .with("name", "c")
            .with("image", "i")
            .with("givenContext", context)
            .with("hostPorts", List.of(new ContainerView.HostPort(1, 80)))
            .with(
                "handlerHosts",
                List.of(
                    new ContainerView.HandlerHost("livenessProbe.tcpSocket.host", "h"),
                    new ContainerView.HandlerHost("lifecycle.preStop.httpGet.host", "g")))
            .build();
    long sources = VolumeSource.bits(VolumeSource.NFS, VolumeSource.EMPTY_DIR);
    assertThat(pod)
        .isEqualTo(
            RecordBuilder.of(PodView.class)
                .with("apiVersion", "v1")
                .with("kind", "Pod")
                .with("name", "n")
                .with("namespace", "s")
                .with("annotations", Map.of("seccomp.security.alpha.kubernetes.io/pod", "z"))
                .with("controllerUid", "2")
                .with("hostNetwork", true)
                .with("hostPid", true)
                .with("hostIpc", true)
                .with("hostUsers", false)
                .with("osName", "windows")
                .with("runtimeClassName", "gvisor")
                .with("givenContext", sysctls)
                .with("volumes", List.of(new VolumeView("v", sources), new VolumeView("", 0)))
                .with("containers", List.of(init, regular))
                .build());
    assertThat(pod.windows()).isTrue();
    assertThat(pod.userNamespace()).isTrue();
  }

  @Test
  void findsTheTemplateOfAController() throws Exception {
    assertThat(decodeAt("{\"spec\":{\"x\":1,\"template\":{\"spec\":{\"hostPID\":true}}}}"))
        .satisfies(pod -> assertThat(pod.hostPid()).isTrue());
    assertThat(
            decodeAt("{\"spec\":{\"template\":{\"spec\":{\"hostPID\":true}},\"template\":null}}"))
        .satisfies(pod -> assertThat(pod.hostPid()).isTrue());
    for (String none :
        List.of(
            "null", "{}", "{\"spec\":null}", "{\"spec\":{}}", "{\"spec\":{\"template\":null}}")) {
      assertThat(decodeAt(none)).as(none).isEqualTo(decode("{}"));
      assertThat(decodeAt(none, OPTIONAL)).as(none).isNull();
    }
    assertThatThrownBy(() -> decodeAt("{\"spec\":{\"template\":{\"spec\":{\"hostPID\":1}}}}"))
        .isInstanceOf(JsonException.class)
        .hasMessage("spec.template.spec.hostPID: must be true or false, found a number");
  }

  @Test
  void nullTakesAnOptionalTemplateAway() throws Exception {
    String given = "{\"spec\":{\"hostPID\":true}}";

    assertThat(decodeAt("{\"spec\":{\"template\":" + given + ",\"template\":null}}", OPTIONAL))
        .isNull();
    assertThat(decodeAt("{\"spec\":{\"template\":" + given + "},\"spec\":null}", OPTIONAL))
        .isEqualTo(decode(given));
    assertThat(
            decodeAt(
                "{\"spec\":{\"template\":" + given + ",\"template\":null,\"template\":{}}}",
                OPTIONAL))
        .isEqualTo(decode("{}"));
  }

  @Test
  void saysWhereATypeIsWrong() {
    assertFault(
        "{\"spec\":{\"containers\":{}}}", "spec.containers: must be a list, found an object");
    assertFault(
        "{\"spec\":{\"containers\":[{},{\"securityContext\":{\"privileged\":\"true\"}}]}}",
        "spec.containers[1].securityContext.privileged: must be true or false, found a string");
    assertFault(
        "{\"spec\":{\"containers\":[{\"ports\":[{\"hostPort\":2147483648}]}]}}",
        "spec.containers[0].ports[0].hostPort: does not fit 32 bits: 2147483648");
    assertFault(
        "{\"metadata\":{\"annotations\":{\"a.b/c\":[]}}}",
        "metadata.annotations[\"a.b/c\"]: must be a string, found a list");
    assertFault(
        "{\"spec\":{\"volumes\":[{\"nfs\":true}]}}",
        "spec.volumes[0].nfs: must be an object, found a boolean");
    assertFault("[]", "must be an object, found a list (byte 0)");
    assertFault("", "the document ends too early (byte 0)");
    assertFault("{}{}", "unexpected an object after the end of the document (byte 2)");
  }

  /** See docs/deviations.md: the reference refuses these. */
  @Test
  void judgesPodsWithWrongTypesWhereNobodyLooks() throws Exception {
    for (String field :
        List.of(
            "\"restartPolicy\":1",
            "\"nodeName\":true",
            "\"tolerations\":\"x\"",
            "\"activeDeadlineSeconds\":1.5",
            "\"volumes\":[{\"name\":\"v\",\"secret\":{\"items\":\"x\"}}]")) {
      assertThat(decode("{\"spec\":{\"hostPID\":true," + field + "}}").hostPid())
          .as(field)
          .isTrue();
    }
    String container =
        "{\"env\":[{\"value\":1}],\"args\":[1],\"resources\":{\"limits\":{\"cpu\":\"x\"}}}";
    assertThat(decode("{\"spec\":{\"containers\":[" + container + "]}}").containers()).hasSize(1);
  }

  /** See docs/deviations.md: in the reference these two keys count in any case. */
  @Test
  void kindAndApiVersionAreSpelledExactly() throws Exception {
    PodView pod = decode("{\"KIND\":\"Deployment\",\"ApiVersion\":\"apps/v1\"}");
    assertThat(pod.kind()).isEmpty();
    assertThat(pod.apiVersion()).isEmpty();
  }

  @Test
  void nestingHasALimitInFieldsThatNobodyReads() throws Exception {
    String open = "{\"spec\":{\"x\":";
    decode(open + "[".repeat(9_998) + "]".repeat(9_998) + "}}");
    assertThatThrownBy(() -> decode(open + "[".repeat(9_999) + "]".repeat(9_999) + "}}"))
        .hasMessageStartingWith("spec.x[0][0]")
        .hasMessageEndingWith("nested deeper than 10000 levels");
  }

  @Test
  void takesLargeStringsAndManyContainers() throws Exception {
    String large = "é" + "x".repeat(3_000_000);
    String pod = "{\"spec\":{\"containers\":[{\"name\":\"" + large + "\"}]}}";
    assertThat(decode(pod).containers().getFirst().name()).isEqualTo(large);
    assertThat(decode("{\"x\":\"" + large + "\"}").containers()).isEmpty();

    PodView many = decode("{\"spec\":{\"containers\":[" + "{},".repeat(9_999) + "{}]}}");
    assertThat(many.containers()).hasSize(10_000);
    assertThat(many.containers().getLast().path(".name")).isEqualTo("spec.containers[9999].name");
  }

  @Test
  void lengthAndElementsHaveLimits() {
    String large = "{\"x\":\"" + "x".repeat(3 * 1024 * 1024) + "\"}";
    assertFault(large, "the document has 3145736 bytes, the limit is 3145728 (byte 0)");
    assertFault(
        "{\"spec\":{\"containers\":[" + "{},".repeat(100_000) + "{}]}}",
        "spec.containers[100000]: more than 100000 elements in one document");
    assertFault(
        "{\"spec\":{\"securityContext\":{\"sysctls\":[" + "{},".repeat(100_000) + "{}]}}}",
        "spec.securityContext.sysctls[100000]: more than 100000 elements in one document");
  }

  private static PodView decode(String json) throws JsonException {
    return PodDecoder.decode(slice(json), JsonLimits.STANDARD);
  }

  private static PodView decodeAt(String json) throws JsonException {
    return Objects.requireNonNull(decodeAt(json, TEMPLATE));
  }

  private static @Nullable PodView decodeAt(String json, TemplatePath path) throws JsonException {
    return PodDecoder.decodeAt(slice(json), JsonLimits.STANDARD, path);
  }

  private static JsonSlice slice(String json) {
    return JsonSlice.of(json.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertFault(String json, String message) {
    assertThatThrownBy(() -> decode(json)).isInstanceOf(JsonException.class).hasMessage(message);
  }
}
