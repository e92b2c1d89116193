package dev.portcullis.policy.checks;

import dev.portcullis.policy.Check;
import java.util.List;

/** The Pod Security Standards as a list of checks. */
public final class Checks {
  private static final List<Check> STANDARD =
      List.of(
          AllowPrivilegeEscalation.CHECK,
          AppArmorProfile.CHECK,
          CapabilitiesBaseline.CHECK,
          CapabilitiesRestricted.CHECK,
          HostNamespaces.CHECK,
          HostPathVolumes.CHECK,
          HostPorts.CHECK,
          HostProbesAndHostLifecycle.CHECK,
          Privileged.CHECK,
          ProcMount.CHECK,
          ProcMountRestricted.CHECK,
          RestrictedVolumes.CHECK,
          RunAsNonRoot.CHECK,
          RunAsUser.CHECK,
          SeLinux.CHECK,
          SeccompProfileBaseline.CHECK,
          SeccompProfileRestricted.CHECK,
          Sysctls.CHECK,
          WindowsHostProcess.CHECK);

  private Checks() {}

  /** {@return every check of the Pod Security Standards, by id} */
  public static List<Check> standard() {
    return STANDARD;
  }
}
