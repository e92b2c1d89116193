package dev.portcullis.conformance.mutation;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Set;

/** What each revision of each check reads of a pod, and which plurals its messages have. */
final class Reads {
  private static final Map<String, String> FIELDS =
      Map.ofEntries(
          entry("allowPrivilegeEscalation@8", "containers names order ape"),
          entry("allowPrivilegeEscalation@25", "containers names order ape os"),
          entry("appArmorProfile@0", "containers names order appArmor podAppArmor appArmorNotes"),
          entry("capabilities_baseline@0", "containers names order add"),
          entry("capabilities_restricted@22", "containers names order add drop"),
          entry("capabilities_restricted@25", "containers names order add drop os"),
          entry("hostNamespaces@0", "hostNetwork hostPid hostIpc"),
          entry("hostPathVolumes@0", "volumes hostPath"),
          entry("hostPorts@0", "containers names order hostPorts"),
          entry("hostProbesAndHostLifecycle@34", "containers names hosts"),
          entry("privileged@0", "containers names order privileged"),
          entry("procMount@0", "containers names order procMount"),
          entry("procMount@35", "containers names order procMount hostUsers"),
          entry("procMount_restricted@35", "containers names order procMount"),
          entry("restrictedVolumes@0", "volumes hostPath otherVolumes"),
          entry("runAsNonRoot@0", "containers names order nonRoot podNonRoot"),
          entry("runAsNonRoot@35", "containers names order nonRoot podNonRoot hostUsers"),
          entry("runAsUser@23", "containers names order user podUser"),
          entry("runAsUser@35", "containers names order user podUser hostUsers"),
          entry("seLinuxOptions@0", "containers names order seLinux podSeLinux"),
          entry("seLinuxOptions@31", "containers names order seLinux podSeLinux"),
          entry("seccompProfile_baseline@0", "containers names seccompNotes"),
          entry("seccompProfile_baseline@19", "containers names order seccomp podSeccomp"),
          entry("seccompProfile_restricted@19", "containers names order seccomp podSeccomp"),
          entry("seccompProfile_restricted@25", "containers names order seccomp podSeccomp os"),
          entry("sysctls@0", "sysctls"),
          entry("sysctls@27", "sysctls"),
          entry("sysctls@29", "sysctls"),
          entry("sysctls@32", "sysctls"),
          entry("sysctls@37", "sysctls"),
          entry("windowsHostProcess@0", "containers names order hostProcess podHostProcess"));

  private static final Map<String, String> PLURALS =
      Map.of(
          "appArmorProfile", "containers profiles annotations",
          "hostNamespaces", "",
          "hostPathVolumes", "volumes",
          "hostPorts", "containers hostPorts",
          "hostProbesAndHostLifecycle", "containers hosts",
          "restrictedVolumes", "volumes types",
          "seLinuxOptions", "containers types",
          "sysctls", "sysctls");

  private Reads() {}

  /** {@return whether the revision {@code id@since} reads this} */
  static boolean field(String revision, String field) {
    String fields = FIELDS.get(revision);
    if (fields == null) {
      throw new IllegalArgumentException("say in Reads what " + revision + " reads");
    }
    return Set.of(fields.split(" ")).contains(field);
  }

  /** {@return whether messages of the revision can have this word} */
  static boolean word(String revision, String word) {
    if (revision.equals("seccompProfile_baseline@0")) {
      return word.equals("annotations");
    }
    String id = revision.substring(0, revision.indexOf('@'));
    return Set.of(PLURALS.getOrDefault(id, "containers").split(" ")).contains(word);
  }
}
