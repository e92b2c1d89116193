package dev.portcullis.policy.pod;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The security context of a pod or of a container. A component is null where the field is absent; a
 * field that only the other of the two has is always absent.
 *
 * @param privileged container only
 * @param allowPrivilegeEscalation container only
 * @param procMount container only
 * @param capabilities container only
 * @param runAsNonRoot both
 * @param runAsUser both
 * @param seLinuxOptions both
 * @param seccompType type of {@code seccompProfile}; empty where the profile is there without a
 *     type
 * @param appArmorType type of {@code appArmorProfile}; empty where the profile is there without a
 *     type
 * @param hostProcess of {@code windowsOptions}
 * @param sysctls names of the sysctls in order; pod only
 */
public record SecurityContext(
    @Nullable Boolean privileged,
    @Nullable Boolean allowPrivilegeEscalation,
    @Nullable String procMount,
    @Nullable Capabilities capabilities,
    @Nullable Boolean runAsNonRoot,
    @Nullable Long runAsUser,
    @Nullable SeLinuxOptions seLinuxOptions,
    @Nullable String seccompType,
    @Nullable String appArmorType,
    @Nullable Boolean hostProcess,
    List<String> sysctls) {
  /** Nothing is set. */
  public static final SecurityContext EMPTY =
      new SecurityContext(null, null, null, null, null, null, null, null, null, null, List.of());

  /** Copies the list. */
  public SecurityContext {
    sysctls = List.copyOf(sysctls);
  }
}
