package dev.portcullis.policy.pod;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What checks and admission read of a pod or pod template. Immutable; made by {@link PodDecoder}.
 *
 * @param apiVersion as written, empty when absent
 * @param kind as written, empty when absent
 * @param name {@code metadata.name}, empty when absent
 * @param namespace {@code metadata.namespace}, empty when absent
 * @param annotations those of AppArmor and seccomp; no other is kept
 * @param controllerUid uid of the owner that controls it, null when none does
 * @param hostNetwork {@code spec.hostNetwork}
 * @param hostPid {@code spec.hostPID}
 * @param hostIpc {@code spec.hostIPC}
 * @param hostUsers {@code spec.hostUsers}, null when absent
 * @param osName {@code spec.os.name}, null when there is no {@code spec.os}
 * @param runtimeClassName null when absent
 * @param givenContext the pod's own security context, null when it has none
 * @param volumes in order
 * @param containers all of them: init, regular, ephemeral, each in order
 */
public record PodView(
    String apiVersion,
    String kind,
    String name,
    String namespace,
    Map<String, String> annotations,
    @Nullable String controllerUid,
    boolean hostNetwork,
    boolean hostPid,
    boolean hostIpc,
    @Nullable Boolean hostUsers,
    @Nullable String osName,
    @Nullable String runtimeClassName,
    @Nullable SecurityContext givenContext,
    List<VolumeView> volumes,
    List<ContainerView> containers) {
  /** Annotations of AppArmor profiles start so; a container's name follows. */
  public static final String APPARMOR_ANNOTATION =
      "container.apparmor.security.beta.kubernetes.io/";

  /** The annotation of the pod's seccomp profile before Kubernetes 1.19. */
  public static final String SECCOMP_POD_ANNOTATION = "seccomp.security.alpha.kubernetes.io/pod";

  /**
   * Annotations of containers' seccomp profiles before Kubernetes 1.19 start so; a container's name
   * follows.
   */
  public static final String SECCOMP_CONTAINER_ANNOTATION =
      "container.seccomp.security.alpha.kubernetes.io/";

  /** Copies lists and map. */
  public PodView {
    annotations = Map.copyOf(annotations);
    volumes = List.copyOf(volumes);
    containers = List.copyOf(containers);
  }

  /** {@return the pod's own security context, an empty one when it has none} */
  public SecurityContext securityContext() {
    return givenContext == null ? SecurityContext.EMPTY : givenContext;
  }

  /** {@return whether {@code spec.os.name} is exactly {@code windows}} */
  public boolean windows() {
    return osName != null && osName.equals("windows");
  }

  /** {@return whether the pod runs in its own user namespace}: {@code spec.hostUsers} is false. */
  public boolean userNamespace() {
    return hostUsers != null && !hostUsers;
  }
}
