package dev.portcullis.policy.checks;

import static dev.portcullis.policy.checks.CheckFixtures.A;
import static dev.portcullis.policy.checks.CheckFixtures.APPARMOR;
import static dev.portcullis.policy.checks.CheckFixtures.B;
import static dev.portcullis.policy.checks.CheckFixtures.INIT;
import static dev.portcullis.policy.checks.CheckFixtures.POD;
import static dev.portcullis.policy.checks.CheckFixtures.SECCOMP_POD;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Pods that concern several checks: how their answers follow each other, and odd names. */
class SeveralChecksTest {
  @Test
  void answersAreThoseOnDisk() throws Exception {
    var pods = new CheckFixtures();
    addOddNames(pods);
    addAllViolations(pods);
    pods.assertAnswers("several");
  }

  private static void addOddNames(CheckFixtures pods) {
    for (String name : List.of("", "a\"b\\c\nd", "é😀\ufb00", "%s<&>")) {
      pods.add(
          "names/" + Integer.toHexString(name.hashCode()),
          p ->
              p.set("spec.containers[0].name", name)
                  .set(A + "privileged", true)
                  .set(A + "procMount", name)
                  .set("spec.containers[0].livenessProbe.httpGet.host", name)
                  .set("spec.volumes[0]", Map.of("name", name)));
    }
    pods.add(
        "names/all alike",
        p ->
            p.set("spec.containers[0].name", "i")
                .set("spec.containers[1].name", "i")
                .set(INIT + "privileged", true)
                .set(A + "privileged", true)
                .set(B + "privileged", true));
    pods.add("names/null container", p -> p.set("spec.containers[2]", null));
  }

  private static void addAllViolations(CheckFixtures pods) {
    pods.add(
        "everything",
        p -> {
          p.annotate(APPARMOR + "a", "unconfined").annotate(SECCOMP_POD, "unconfined");
          p.set("spec.hostNetwork", true).set("spec.hostPID", true).set("spec.hostIPC", true);
          p.set("spec.volumes[1].name", "v1").set("spec.volumes[1].hostPath.path", "/");
          for (String context : List.of(POD, INIT, A)) {
            p.set(context + "appArmorProfile.type", "Unconfined");
            p.set(context + "seLinuxOptions.type", "t").set(context + "seLinuxOptions.user", "u");
            p.set(context + "windowsOptions.hostProcess", true);
            p.set(context + "runAsNonRoot", false).set(context + "runAsUser", 0);
            p.set(context + "seccompProfile.type", "Unconfined");
          }
          p.set(POD + "sysctls[0].name", "kernel.msgmax");
          p.set(INIT + "privileged", true).set(A + "privileged", true);
          p.set(INIT + "procMount", "Unmasked");
          p.set(A + "allowPrivilegeEscalation", true);
          p.set(A + "capabilities.add", List.of("SYS_ADMIN")).remove(INIT + "capabilities");
          p.set("spec.containers[0].ports[0].hostPort", 80);
          p.set("spec.containers[0].livenessProbe.httpGet.host", "h");
        });
  }
}
