package dev.portcullis.advice.migrate.psp;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A PodSecurityPolicy, {@code policy/v1beta1} or {@code extensions/v1beta1}. A list that is absent
 * is empty.
 *
 * @param name its name
 * @param file the file it stands in
 * @param line the line it starts at, from 1
 * @param annotations {@code metadata.annotations}
 * @param privileged whether containers may be privileged
 * @param defaultAddCapabilities added to every container
 * @param requiredDropCapabilities dropped from every container
 * @param allowedCapabilities may be added
 * @param volumes types that may be used; {@code *} is all of them
 * @param hostNetwork whether pods may use the node's network
 * @param hostPorts ports of the node that may be opened
 * @param hostPid whether pods may see the node's processes
 * @param hostIpc whether pods may share the node's memory segments and queues
 * @param seLinux rule and options
 * @param runAsUser rule and ranges
 * @param runAsGroup rule and ranges; null when absent
 * @param supplementalGroups rule and ranges
 * @param fsGroup rule and ranges
 * @param readOnlyRootFilesystem whether root filesystems must be read-only
 * @param defaultAllowPrivilegeEscalation what a container that does not say gets; null when absent
 * @param allowPrivilegeEscalation whether containers may escalate; null, which means yes, when
 *     absent
 * @param allowedHostPaths what hostPath volumes may mount; everything when empty
 * @param allowedFlexVolumes drivers; all when empty
 * @param allowedCsiDrivers drivers of inline volumes; all when empty
 * @param allowedUnsafeSysctls names and patterns
 * @param forbiddenSysctls names and patterns
 * @param allowedProcMountTypes Default alone when empty
 * @param runtimeClass null when absent
 */
public record PodSecurityPolicy(
    String name,
    String file,
    int line,
    Map<String, String> annotations,
    boolean privileged,
    List<String> defaultAddCapabilities,
    List<String> requiredDropCapabilities,
    List<String> allowedCapabilities,
    List<String> volumes,
    boolean hostNetwork,
    List<Range> hostPorts,
    boolean hostPid,
    boolean hostIpc,
    SeLinux seLinux,
    IdStrategy runAsUser,
    @Nullable IdStrategy runAsGroup,
    IdStrategy supplementalGroups,
    IdStrategy fsGroup,
    boolean readOnlyRootFilesystem,
    @Nullable Boolean defaultAllowPrivilegeEscalation,
    @Nullable Boolean allowPrivilegeEscalation,
    List<HostPath> allowedHostPaths,
    List<String> allowedFlexVolumes,
    List<String> allowedCsiDrivers,
    List<String> allowedUnsafeSysctls,
    List<String> forbiddenSysctls,
    List<String> allowedProcMountTypes,
    @Nullable RuntimeClass runtimeClass) {
  /** Copies the collections. */
  public PodSecurityPolicy {
    annotations = Map.copyOf(annotations);
    defaultAddCapabilities = List.copyOf(defaultAddCapabilities);
    requiredDropCapabilities = List.copyOf(requiredDropCapabilities);
    allowedCapabilities = List.copyOf(allowedCapabilities);
    volumes = List.copyOf(volumes);
    hostPorts = List.copyOf(hostPorts);
    allowedHostPaths = List.copyOf(allowedHostPaths);
    allowedFlexVolumes = List.copyOf(allowedFlexVolumes);
    allowedCsiDrivers = List.copyOf(allowedCsiDrivers);
    allowedUnsafeSysctls = List.copyOf(allowedUnsafeSysctls);
    forbiddenSysctls = List.copyOf(forbiddenSysctls);
    allowedProcMountTypes = List.copyOf(allowedProcMountTypes);
  }

  /** {@return whether volumes of this type may be used} */
  public boolean allowsVolume(String type) {
    return volumes.contains("*") || volumes.contains(type);
  }

  /** How a user or group id is chosen. */
  public enum Rule {
    /** The id must be in a range; the first one is filled in where none is set. */
    MUST_RUN_AS("MustRunAs"),
    /** The id, where one is set, must be in a range. */
    MAY_RUN_AS("MayRunAs"),
    /** The user must not be root. */
    MUST_RUN_AS_NON_ROOT("MustRunAsNonRoot"),
    /** Any id will do. */
    RUN_AS_ANY("RunAsAny");

    private final String text;

    Rule(String text) {
      this.text = text;
    }

    /** {@return the rule with exactly this name, or null} */
    static @Nullable Rule parse(String text) {
      for (Rule rule : values()) {
        if (rule.text.equals(text)) {
          return rule;
        }
      }
      return null;
    }

    /** {@return the name as manifests spell it} */
    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * Ids or ports from one to another.
   *
   * @param min the first
   * @param max the last
   */
  public record Range(long min, long max) {
    /** {@return {@code min-max}, or the one number} */
    @Override
    public String toString() {
      return min == max ? Long.toString(min) : min + "-" + max;
    }
  }

  /**
   * A rule for ids.
   *
   * @param rule how
   * @param ranges among which
   */
  public record IdStrategy(Rule rule, List<Range> ranges) {
    /** Copies the list. */
    public IdStrategy {
      ranges = List.copyOf(ranges);
    }

    /** {@return rule and ranges, {@code MustRunAs 1-65535}} */
    @Override
    public String toString() {
      return ranges.isEmpty() ? rule.toString() : rule + " " + joined(ranges);
    }

    static String joined(List<Range> ranges) {
      return String.join(", ", ranges.stream().map(Range::toString).toList());
    }
  }

  /**
   * The rule for SELinux options.
   *
   * @param mustRunAs whether pods must have exactly these options; else they may have any
   * @param given whether there are options
   * @param user empty when unset
   * @param role empty when unset
   * @param type empty when unset
   * @param level empty when unset
   */
  public record SeLinux(
      boolean mustRunAs, boolean given, String user, String role, String type, String level) {
    /** {@return what is set, {@code type=container_t level=s0}} */
    String options() {
      var out = new StringBuilder();
      append(out, "user", user);
      append(out, "role", role);
      append(out, "type", type);
      append(out, "level", level);
      return out.toString();
    }

    private static void append(StringBuilder out, String name, String value) {
      if (!value.isEmpty()) {
        out.append(out.isEmpty() ? "" : " ").append(name).append('=').append(value);
      }
    }

    /** {@return rule and options} */
    @Override
    public String toString() {
      String options = options();
      return mustRunAs ? options.isEmpty() ? "MustRunAs" : "MustRunAs " + options : "RunAsAny";
    }
  }

  /**
   * A part of the node's filesystem.
   *
   * @param pathPrefix what its path begins with
   * @param readOnly whether it must be mounted read-only
   */
  public record HostPath(String pathPrefix, boolean readOnly) {
    /** {@return path and mode} */
    @Override
    public String toString() {
      return readOnly ? pathPrefix + " (read-only)" : pathPrefix;
    }
  }

  /**
   * Which runtime classes pods may name.
   *
   * @param allowed names; {@code *} is any; none may be named when empty
   * @param defaultName what a pod that names none gets; null when absent
   */
  public record RuntimeClass(List<String> allowed, @Nullable String defaultName) {
    /** Copies the list. */
    public RuntimeClass {
      allowed = List.copyOf(allowed);
    }
  }
}
