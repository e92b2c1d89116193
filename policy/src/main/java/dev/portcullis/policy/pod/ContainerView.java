package dev.portcullis.policy.pod;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A container of a pod.
 *
 * @param kind which list it stands in
 * @param index its place there, from 0
 * @param name its name, empty when absent
 * @param image its image, empty when absent
 * @param givenContext its security context, null when it has none
 * @param hostPorts its host ports other than 0
 * @param handlerHosts the hosts, other than empty, that its probes and lifecycle handlers name
 */
public record ContainerView(
    Kind kind,
    int index,
    String name,
    String image,
    @Nullable SecurityContext givenContext,
    List<HostPort> hostPorts,
    List<HandlerHost> handlerHosts) {
  /** Copies the lists. */
  public ContainerView {
    hostPorts = List.copyOf(hostPorts);
    handlerHosts = List.copyOf(handlerHosts);
  }

  /** The lists of containers, in the order in which checks look at them. */
  public enum Kind {
    INIT("initContainers"),
    REGULAR("containers"),
    EPHEMERAL("ephemeralContainers");

    private final String field;

    Kind(String field) {
      this.field = field;
    }

    /** {@return the name of the list in the pod's spec} */
    public String field() {
      return field;
    }
  }

  /**
   * A port that is opened on the node.
   *
   * @param index its place in the list of ports, from 0
   * @param port its number
   */
  public record HostPort(int index, int port) {}

  /**
   * A host that a probe or a lifecycle handler connects to.
   *
   * @param path from the container, such as {@code livenessProbe.httpGet.host}
   * @param host what stands there
   */
  public record HandlerHost(String path, String host) {}

  /** {@return its security context, an empty one when it has none} */
  public SecurityContext securityContext() {
    return givenContext == null ? SecurityContext.EMPTY : givenContext;
  }

  /**
   * {@return the path from the pod's root of a field of this container}
   *
   * @param field from the container, such as {@code .securityContext.privileged}
   */
  public String path(String field) {
    return "spec." + kind.field() + "[" + index + "]" + field;
  }
}
