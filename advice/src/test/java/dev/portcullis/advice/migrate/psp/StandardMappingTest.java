package dev.portcullis.advice.migrate.psp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The official mapping, row by row; every row is a whole policy and its whole verdict. */
class StandardMappingTest {
  private static final String CAPABILITIES =
      "AUDIT_WRITE, CHOWN, DAC_OVERRIDE, FOWNER, FSETID, KILL, MKNOD, NET_BIND_SERVICE, SETFCAP,"
          + " SETGID, SETPCAP, SETUID, SYS_CHROOT";

  /**
   * A field of the spec, its value, the relation to privileged, baseline and restricted, and what
   * is allowed (+) or refused (-) beyond baseline and restricted.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          privileged | `` | STRICTER SAME SAME | `` | ``
          privileged | false | STRICTER SAME SAME | `` | ``
          privileged | ~ | STRICTER SAME SAME | `` | ``
          privileged | true | SAME LAXER LAXER | +privileged containers | +privileged containers
          defaultAddCapabilities | `` | SAME SAME SAME | `` | ``
          defaultAddCapabilities | [] | SAME SAME SAME | `` | ``
          defaultAddCapabilities | [NET_BIND_SERVICE] | SAME SAME SAME | `` | ``
          defaultAddCapabilities | [CHOWN, NET_BIND_SERVICE] | SAME SAME LAXER | `` | +adding CHOWN
          defaultAddCapabilities | [NET_ADMIN] | SAME LAXER LAXER | +adding NET_ADMIN | +adding NET_ADMIN
          allowedCapabilities | `` | STRICTER STRICTER STRICTER | -adding ALL_OF_BASELINE | -adding NET_BIND_SERVICE
          allowedCapabilities | [NET_BIND_SERVICE] | STRICTER STRICTER SAME | -adding ALL_BUT_BIND | ``
          allowedCapabilities | [ALL_OF_BASELINE] | STRICTER SAME LAXER | `` | +adding ALL_BUT_BIND
          allowedCapabilities | [ALL_OF_BASELINE, SYS_TIME] | STRICTER LAXER LAXER | +adding SYS_TIME | +adding ALL_BUT_BIND, SYS_TIME
          allowedCapabilities | [SYS_TIME] | STRICTER MIXED MIXED | +adding SYS_TIME -adding ALL_OF_BASELINE | +adding SYS_TIME -adding NET_BIND_SERVICE
          allowedCapabilities | ['*'] | SAME LAXER LAXER | +adding any capability | +adding any capability
          requiredDropCapabilities | `` | SAME SAME LAXER | `` | +containers that do not drop ALL
          requiredDropCapabilities | [NET_RAW] | STRICTER STRICTER LAXER | -keeping NET_RAW | +containers that do not drop ALL
          requiredDropCapabilities | [ALL] | STRICTER STRICTER SAME | -keeping ALL | ``
          requiredDropCapabilities | [all] | STRICTER STRICTER LAXER | -keeping all | +containers that do not drop ALL
          volumes | ['*'] | SAME LAXER LAXER | +hostPath volumes | +volumes of any type
          volumes | [secret, hostPath] | STRICTER MIXED MIXED | +hostPath volumes -volumes of types other than secret, hostPath | +hostPath volumes -configMap, csi, downwardAPI, emptyDir, ephemeral, persistentVolumeClaim, projected volumes
          volumes | [ALL_VOLUMES] | STRICTER SAME LAXER | `` | +awsElasticBlockStore, azureDisk, azureFile, cephFS, cinder, fc, flexVolume, flocker, gcePersistentDisk, gitRepo, glusterfs, iscsi, nfs, photonPersistentDisk, portworxVolume, quobyte, rbd, scaleIO, storageos, vsphereVolume volumes
          volumes | [SAFE_VOLUMES] | STRICTER STRICTER SAME | -volumes of types other than SAFE_VOLUMES | ``
          volumes | [SAFE_VOLUMES, nfs] | STRICTER STRICTER LAXER | -volumes of types other than SAFE_VOLUMES, nfs | +nfs volumes
          volumes | [] | STRICTER STRICTER STRICTER | -volumes of any type | -volumes of any type
          hostNetwork | false | STRICTER SAME SAME | `` | ``
          hostNetwork | true | SAME LAXER LAXER | +the node's network | +the node's network
          hostPorts | [] | STRICTER SAME SAME | `` | ``
          hostPorts | [{min: 80, max: 80}, {min: 8000, max: 8080}] | STRICTER LAXER LAXER | +the host ports 80, 8000-8080 | +the host ports 80, 8000-8080
          hostPorts | [{min: 0, max: 65535}] | SAME LAXER LAXER | +the host ports 0-65535 | +the host ports 0-65535
          hostPID | false | STRICTER SAME SAME | `` | ``
          hostPID | true | SAME LAXER LAXER | +the node's process ids | +the node's process ids
          hostIPC | false | STRICTER SAME SAME | `` | ``
          hostIPC | true | SAME LAXER LAXER | +the node's IPC | +the node's IPC
          seLinux | {rule: RunAsAny} | SAME LAXER LAXER | +any SELinux user, role and type | +any SELinux user, role and type
          seLinux | {rule: MustRunAs, seLinuxOptions: {level: 's0:c1'}} | STRICTER STRICTER STRICTER | -SELinux options other than level=s0:c1 | -SELinux options other than level=s0:c1
          seLinux | {rule: MustRunAs, seLinuxOptions: {type: container_t}} | STRICTER STRICTER STRICTER | -SELinux options other than type=container_t | -SELinux options other than type=container_t
          seLinux | {rule: MustRunAs, seLinuxOptions: {type: container_init_t}} | STRICTER STRICTER STRICTER | -SELinux options other than type=container_init_t | -SELinux options other than type=container_init_t
          seLinux | {rule: MustRunAs, seLinuxOptions: {type: container_kvm_t}} | STRICTER STRICTER STRICTER | -SELinux options other than type=container_kvm_t | -SELinux options other than type=container_kvm_t
          seLinux | {rule: MustRunAs, seLinuxOptions: {type: spc_t}} | STRICTER MIXED MIXED | +the SELinux type spc_t -SELinux options other than type=spc_t | +the SELinux type spc_t -SELinux options other than type=spc_t
          seLinux | {rule: MustRunAs, seLinuxOptions: {user: u, role: r}} | STRICTER MIXED MIXED | +the SELinux user u, the SELinux role r -SELinux options other than user=u role=r | +the SELinux user u, the SELinux role r -SELinux options other than user=u role=r
          runAsUser | {rule: RunAsAny} | SAME SAME LAXER | `` | +running as root
          runAsUser | {rule: MustRunAsNonRoot} | STRICTER STRICTER SAME | -running as root | ``
          runAsUser | {rule: MustRunAs, ranges: [{min: 0, max: 9}]} | STRICTER STRICTER MIXED | -user ids other than 0-9 | +running as root -user ids other than 0-9
          runAsUser | {rule: MustRunAs, ranges: [{min: 7, max: 9}]} | STRICTER STRICTER MIXED | -user ids other than 7-9 | +pods without runAsNonRoot: true -user ids other than 7-9
          runAsGroup | `` | SAME SAME SAME | `` | ``
          runAsGroup | {rule: RunAsAny} | SAME SAME SAME | `` | ``
          runAsGroup | {rule: MayRunAs, ranges: [{min: 1, max: 9}]} | STRICTER STRICTER STRICTER | -group ids other than 1-9 | -group ids other than 1-9
          runAsGroup | {rule: MustRunAs, ranges: [{min: 1, max: 9}]} | STRICTER STRICTER STRICTER | -group ids other than 1-9 | -group ids other than 1-9
          supplementalGroups | {rule: RunAsAny} | SAME SAME SAME | `` | ``
          supplementalGroups | {rule: MustRunAs, ranges: [{min: 1, max: 9}]} | STRICTER STRICTER STRICTER | -group ids other than 1-9 | -group ids other than 1-9
          fsGroup | {rule: RunAsAny} | SAME SAME SAME | `` | ``
          fsGroup | {rule: MayRunAs, ranges: [{min: 1, max: 9}]} | STRICTER STRICTER STRICTER | -group ids other than 1-9 | -group ids other than 1-9
          readOnlyRootFilesystem | false | SAME SAME SAME | `` | ``
          readOnlyRootFilesystem | true | STRICTER STRICTER STRICTER | -writable root filesystems | -writable root filesystems
          defaultAllowPrivilegeEscalation | `` | SAME SAME SAME | `` | ``
          defaultAllowPrivilegeEscalation | true | SAME SAME SAME | `` | ``
          defaultAllowPrivilegeEscalation | false | SAME SAME SAME | `` | ``
          allowPrivilegeEscalation | `` | SAME SAME LAXER | `` | +privilege escalation
          allowPrivilegeEscalation | true | SAME SAME LAXER | `` | +privilege escalation
          allowPrivilegeEscalation | false | STRICTER STRICTER SAME | -privilege escalation | ``
          allowedHostPaths | [{pathPrefix: /var}] | SAME SAME SAME | `` | ``
          allowedHostPaths | [{pathPrefix: /var, readOnly: true}], volumes: [hostPath] | STRICTER SAME SAME | `` | ``
          allowedFlexVolumes | [{driver: a/b}] | SAME SAME SAME | `` | ``
          allowedFlexVolumes | [{driver: a/b}], volumes: ['*'] | STRICTER STRICTER SAME | -FlexVolume drivers other than a/b | ``
          allowedCSIDrivers | [{name: a}], volumes: [secret] | SAME SAME SAME | `` | ``
          allowedCSIDrivers | [{name: a}], volumes: [csi] | STRICTER STRICTER STRICTER | -inline CSI volumes of drivers other than a | -inline CSI volumes of drivers other than a
          allowedUnsafeSysctls | [] | STRICTER SAME SAME | `` | ``
          allowedUnsafeSysctls | ['kernel.msg*'] | STRICTER LAXER LAXER | +the unsafe sysctls kernel.msg* | +the unsafe sysctls kernel.msg*
          allowedUnsafeSysctls | ['*'] | SAME LAXER LAXER | +the unsafe sysctls * | +the unsafe sysctls *
          forbiddenSysctls | [] | SAME SAME SAME | `` | ``
          forbiddenSysctls | ['*'] | STRICTER STRICTER STRICTER | -the sysctls * | -the sysctls *
          allowedProcMountTypes | [] | STRICTER SAME SAME | `` | ``
          allowedProcMountTypes | [Default] | STRICTER SAME SAME | `` | ``
          allowedProcMountTypes | [Default, Unmasked] | SAME LAXER LAXER | +/proc mounted as Unmasked | +/proc mounted as Unmasked
          runtimeClass.defaultRuntimeClassName | `` | SAME SAME SAME | `` | ``
          runtimeClass.defaultRuntimeClassName | a | SAME SAME SAME | `` | ``
          runtimeClass.allowedRuntimeClassNames | `` | SAME SAME SAME | `` | ``
          runtimeClass.allowedRuntimeClassNames | ['*'] | SAME SAME SAME | `` | ``
          runtimeClass.allowedRuntimeClassNames | [] | STRICTER STRICTER STRICTER | -naming a runtime class | -naming a runtime class
          runtimeClass.allowedRuntimeClassNames | [a, b] | STRICTER STRICTER STRICTER | -runtime classes other than a, b | -runtime classes other than a, b
          seccomp.security.alpha.kubernetes.io/defaultProfileName | `` | SAME SAME SAME | `` | ``
          seccomp.security.alpha.kubernetes.io/defaultProfileName | runtime/default | SAME SAME SAME | `` | ``
          seccomp.security.alpha.kubernetes.io/allowedProfileNames | `` | STRICTER STRICTER MIXED | -setting a seccomp profile | +pods without a seccomp profile -setting a seccomp profile
          seccomp.security.alpha.kubernetes.io/allowedProfileNames | 'runtime/default,' | STRICTER STRICTER MIXED | -seccomp profiles of the node that are not listed | +pods without a seccomp profile -seccomp profiles of the node that are not listed
          seccomp.security.alpha.kubernetes.io/allowedProfileNames | 'runtime/default,localhost/*,' | STRICTER SAME LAXER | `` | +pods without a seccomp profile
          seccomp.security.alpha.kubernetes.io/allowedProfileNames | runtime/default | STRICTER STRICTER STRICTER | -seccomp profiles of the node that are not listed, pods without a seccomp profile | -seccomp profiles of the node that are not listed
          seccomp.security.alpha.kubernetes.io/allowedProfileNames | docker/default | STRICTER STRICTER STRICTER | -seccomp profiles of the node that are not listed, pods without a seccomp profile | -seccomp profiles of the node that are not listed
          seccomp.security.alpha.kubernetes.io/allowedProfileNames | 'runtime/default,localhost/*' | STRICTER STRICTER SAME | -pods without a seccomp profile | ``
          seccomp.security.alpha.kubernetes.io/allowedProfileNames | localhost/audit | STRICTER STRICTER STRICTER | -seccomp profiles that are not listed, pods without a seccomp profile | -seccomp profiles that are not listed
          seccomp.security.alpha.kubernetes.io/allowedProfileNames | 'runtime/default,unconfined' | STRICTER MIXED MIXED | +the seccomp profiles unconfined -seccomp profiles of the node that are not listed, pods without a seccomp profile | +the seccomp profiles unconfined -seccomp profiles of the node that are not listed
          seccomp.security.alpha.kubernetes.io/allowedProfileNames | '*' | SAME LAXER LAXER | +any seccomp profile, unconfined too | +any seccomp profile, unconfined and none too
          apparmor.security.beta.kubernetes.io/defaultProfileName | `` | SAME SAME SAME | `` | ``
          apparmor.security.beta.kubernetes.io/defaultProfileName | localhost/a | SAME SAME SAME | `` | ``
          apparmor.security.beta.kubernetes.io/allowedProfileNames | `` | SAME LAXER LAXER | +any AppArmor profile, unconfined too | +any AppArmor profile, unconfined too
          apparmor.security.beta.kubernetes.io/allowedProfileNames | 'runtime/default,' | STRICTER STRICTER MIXED | -AppArmor profiles of the node that are not listed | +pods without an AppArmor profile -AppArmor profiles of the node that are not listed
          apparmor.security.beta.kubernetes.io/allowedProfileNames | 'runtime/default,localhost/*' | STRICTER STRICTER SAME | -pods without an AppArmor profile | ``
          apparmor.security.beta.kubernetes.io/allowedProfileNames | unconfined | STRICTER MIXED MIXED | +the AppArmor profiles unconfined -AppArmor profiles that are not listed, pods without an AppArmor profile | +the AppArmor profiles unconfined -AppArmor profiles that are not listed
          """)
  void row(String field, String value, String relations, String baseline, String restricted) {
    PolicyVerdict verdict = StandardMapping.of(Policies.with(field, expand(value)));

    FieldVerdict row =
        verdict.fields().stream()
            .filter(candidate -> candidate.field().toString().equals(field))
            .findFirst()
            .orElseThrow();
    assertThat(
            row.privileged().relation()
                + " "
                + row.baseline().relation()
                + " "
                + row.restricted().relation())
        .isEqualTo(relations);
    assertThat(shown(row.baseline())).isEqualTo(expand(baseline));
    assertThat(shown(row.restricted())).isEqualTo(expand(restricted));
    Level expected =
        relations.matches(".*(SAME|STRICTER)")
            ? Level.RESTRICTED
            : relations.matches("\\w+ (SAME|STRICTER) .*") ? Level.BASELINE : Level.PRIVILEGED;
    assertThat(row.level()).isEqualTo(expected);
    if (!value.contains(", volumes: ")) {
      // Everything else in the policy is restricted, so this field alone decides.
      assertThat(verdict.level()).isEqualTo(expected);
    }
  }

  @Test
  void everyRowHasAVerdictInTheOfficialOrder() {
    assertThat(StandardMapping.of(Policies.with("privileged", "")).fields())
        .extracting(FieldVerdict::field)
        .containsExactly(PolicyField.values());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          hostNetwork | true | privileged, but for hostNetwork it would be restricted; it corresponds to no standard
          runAsUser | {rule: RunAsAny} | baseline, stricter in 7 fields; but for runAsUser it would be restricted
          runAsGroup | {rule: RunAsAny} | restricted, stricter in allowedCapabilities and seLinux
          allowedCapabilities | [NET_BIND_SERVICE] | restricted, stricter in seLinux
          hostPID | true, hostIPC: true, hostNetwork: true, privileged: true | privileged, laxer than baseline in 4 fields; it corresponds to no standard
          """)
  void aSentenceSaysItAll(String field, String value, String sentence) {
    assertThat(StandardMapping.of(Policies.with(field, value)).sentence()).isEqualTo(sentence);
  }

  private static String shown(Comparison comparison) {
    var parts = new ArrayList<String>();
    if (!comparison.laxer().isEmpty()) {
      parts.add("+" + comparison.laxer());
    }
    if (!comparison.stricter().isEmpty()) {
      parts.add("-" + comparison.stricter());
    }
    return String.join(" ", parts);
  }

  private static String expand(String text) {
    return text.replace("ALL_OF_BASELINE", CAPABILITIES)
        .replace("ALL_BUT_BIND", CAPABILITIES.replace("NET_BIND_SERVICE, ", ""))
        .replace("ALL_VOLUMES", String.join(", ", allVolumes()))
        .replace("SAFE_VOLUMES", Policies.SAFE_VOLUMES);
  }

  private static List<String> allVolumes() {
    var all = new ArrayList<>(Arrays.asList(Policies.SAFE_VOLUMES.split(", ", -1)));
    all.addAll(
        List.of(
            "awsElasticBlockStore",
            "azureDisk",
            "azureFile",
            "cephFS",
            "cinder",
            "fc",
            "flexVolume",
            "flocker",
            "gcePersistentDisk",
            "gitRepo",
            "glusterfs",
            "iscsi",
            "nfs",
            "photonPersistentDisk",
            "portworxVolume",
            "quobyte",
            "rbd",
            "scaleIO",
            "storageos",
            "vsphereVolume"));
    return all;
  }
}
