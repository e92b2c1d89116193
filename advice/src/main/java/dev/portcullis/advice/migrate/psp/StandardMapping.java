package dev.portcullis.advice.migrate.psp;

import static dev.portcullis.advice.migrate.psp.Comparison.SAME;
import static dev.portcullis.advice.migrate.psp.Comparison.laxer;
import static dev.portcullis.advice.migrate.psp.Comparison.stricter;

import dev.portcullis.advice.migrate.psp.PodSecurityPolicy.HostPath;
import dev.portcullis.advice.migrate.psp.PodSecurityPolicy.IdStrategy;
import dev.portcullis.advice.migrate.psp.PodSecurityPolicy.Range;
import dev.portcullis.advice.migrate.psp.PodSecurityPolicy.RuntimeClass;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares policies with the Pod Security Standards, a method a row.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/psp-to-pod-security-standards/">Mapping
 *     PodSecurityPolicies to Pod Security Standards</a>
 */
public final class StandardMapping {
  private static final List<String> BASELINE_CAPABILITIES =
      List.of(
          "AUDIT_WRITE",
          "CHOWN",
          "DAC_OVERRIDE",
          "FOWNER",
          "FSETID",
          "KILL",
          "MKNOD",
          "NET_BIND_SERVICE",
          "SETFCAP",
          "SETGID",
          "SETPCAP",
          "SETUID",
          "SYS_CHROOT");
  private static final List<String> RESTRICTED_CAPABILITIES = List.of("NET_BIND_SERVICE");

  private static final List<String> RESTRICTED_VOLUMES =
      List.of(
          "configMap",
          "csi",
          "downwardAPI",
          "emptyDir",
          "ephemeral",
          "persistentVolumeClaim",
          "projected",
          "secret");

  /** What else PodSecurityPolicies knew, but for hostPath. */
  private static final List<String> OTHER_VOLUMES =
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
          "vsphereVolume");

  private static final String HOST_PATH = "hostPath";
  private static final long LAST_PORT = 65_535;

  private StandardMapping() {}

  /** {@return the policy beside the standards} */
  public static PolicyVerdict of(PodSecurityPolicy policy) {
    return new PolicyVerdict(
        policy,
        List.of(
            flag(PolicyField.PRIVILEGED, policy.privileged(), "privileged containers"),
            defaultAddCapabilities(policy),
            allowedCapabilities(policy),
            requiredDropCapabilities(policy),
            volumes(policy),
            flag(PolicyField.HOST_NETWORK, policy.hostNetwork(), "the node's network"),
            hostPorts(policy),
            flag(PolicyField.HOST_PID, policy.hostPid(), "the node's process ids"),
            flag(PolicyField.HOST_IPC, policy.hostIpc(), "the node's IPC"),
            ProfileRows.seLinux(policy.seLinux()),
            runAsUser(policy.runAsUser()),
            groups(PolicyField.RUN_AS_GROUP, policy.runAsGroup()),
            groups(PolicyField.SUPPLEMENTAL_GROUPS, policy.supplementalGroups()),
            groups(PolicyField.FS_GROUP, policy.fsGroup()),
            readOnlyRootFilesystem(policy),
            noOpinion(
                PolicyField.DEFAULT_ALLOW_PRIVILEGE_ESCALATION,
                text(policy.defaultAllowPrivilegeEscalation()),
                ""),
            allowPrivilegeEscalation(policy),
            hostPaths(policy),
            flexVolumes(policy),
            csiDrivers(policy),
            unsafeSysctls(policy),
            noOpinion(
                PolicyField.FORBIDDEN_SYSCTLS,
                text(policy.forbiddenSysctls()),
                policy.forbiddenSysctls().isEmpty()
                    ? ""
                    : "the sysctls " + joined(policy.forbiddenSysctls())),
            procMount(policy),
            noOpinion(
                PolicyField.DEFAULT_RUNTIME_CLASS,
                policy.runtimeClass() == null ? null : policy.runtimeClass().defaultName(),
                ""),
            runtimeClasses(policy.runtimeClass()),
            ProfileRows.defaultProfile(policy, PolicyField.SECCOMP_DEFAULT),
            ProfileRows.seccomp(policy),
            ProfileRows.defaultProfile(policy, PolicyField.APP_ARMOR_DEFAULT),
            ProfileRows.appArmor(policy)));
  }

  /** What both standards forbid. A field that is absent is false. */
  private static FieldVerdict flag(PolicyField field, boolean allowed, String what) {
    return allowed
        ? new FieldVerdict(field, "true", SAME, laxer(what), laxer(what), "")
        : new FieldVerdict(field, "false", stricter(what), SAME, SAME, "");
  }

  /** The standards have no opinion: what is forbidden is forbidden by the policy alone. */
  static FieldVerdict noOpinion(PolicyField field, @Nullable String value, String forbidden) {
    Comparison same = forbidden.isEmpty() ? SAME : stricter(forbidden);
    return new FieldVerdict(
        field, value == null ? FieldVerdict.UNSET : value, same, same, same, "");
  }

  private static FieldVerdict defaultAddCapabilities(PodSecurityPolicy policy) {
    List<String> added = policy.defaultAddCapabilities();
    return new FieldVerdict(
        PolicyField.DEFAULT_ADD_CAPABILITIES,
        text(added) == null ? FieldVerdict.UNSET : joined(added),
        SAME,
        laxer(adding(beyond(added, BASELINE_CAPABILITIES))),
        laxer(adding(beyond(added, RESTRICTED_CAPABILITIES))),
        "");
  }

  private static FieldVerdict allowedCapabilities(PodSecurityPolicy policy) {
    List<String> allowed = policy.allowedCapabilities();
    // What a policy adds by itself a pod may also ask for.
    Set<String> usable = new LinkedHashSet<>(allowed);
    usable.addAll(policy.defaultAddCapabilities());
    Comparison privileged =
        usable.contains("*")
            ? SAME
            : stricter(
                usable.isEmpty()
                    ? "adding capabilities"
                    : "adding capabilities other than " + joined(usable));
    return new FieldVerdict(
        PolicyField.ALLOWED_CAPABILITIES,
        text(allowed) == null ? FieldVerdict.UNSET : joined(allowed),
        privileged,
        capabilities(allowed, usable, BASELINE_CAPABILITIES),
        capabilities(allowed, usable, RESTRICTED_CAPABILITIES),
        "");
  }

  private static Comparison capabilities(
      List<String> allowed, Set<String> usable, List<String> standard) {
    if (allowed.contains("*")) {
      return laxer("adding any capability");
    }
    return new Comparison(adding(beyond(allowed, standard)), adding(beyond(standard, usable)));
  }

  private static String adding(List<String> capabilities) {
    if (capabilities.contains("*")) {
      return "adding any capability";
    }
    return capabilities.isEmpty() ? "" : "adding " + joined(capabilities);
  }

  private static FieldVerdict requiredDropCapabilities(PodSecurityPolicy policy) {
    List<String> dropped = policy.requiredDropCapabilities();
    Comparison kept = dropped.isEmpty() ? SAME : stricter("keeping " + joined(dropped));
    boolean all = dropped.contains("ALL");
    return new FieldVerdict(
        PolicyField.REQUIRED_DROP_CAPABILITIES,
        text(dropped) == null ? FieldVerdict.UNSET : joined(dropped),
        kept,
        kept,
        all ? SAME : laxer("containers that do not drop ALL"),
        all || dropped.stream().noneMatch("ALL"::equalsIgnoreCase)
            ? ""
            : "Only ALL in capitals counts.");
  }

  private static FieldVerdict volumes(PodSecurityPolicy policy) {
    List<String> volumes = policy.volumes();
    List<String> notHostPath = new ArrayList<>(RESTRICTED_VOLUMES);
    notHostPath.addAll(OTHER_VOLUMES);
    notHostPath.sort(null);
    List<String> every = new ArrayList<>(notHostPath);
    every.add(HOST_PATH);
    every.sort(null);
    return new FieldVerdict(
        PolicyField.VOLUMES,
        volumes.isEmpty() ? FieldVerdict.UNSET : joined(volumes),
        volumes(policy, every, false, true),
        volumes(policy, notHostPath, policy.allowsVolume(HOST_PATH), true),
        volumes(policy, RESTRICTED_VOLUMES, false, false),
        volumes.isEmpty() ? "A policy without a list of volumes allows none." : "");
  }

  /**
   * Beside a standard that allows these types.
   *
   * @param unknown whether it allows whatever is not listed too
   */
  private static Comparison volumes(
      PodSecurityPolicy policy, List<String> standard, boolean hostPath, boolean unknown) {
    List<String> volumes = policy.volumes();
    if (volumes.contains("*")) {
      if (unknown) {
        return hostPath ? laxer("hostPath volumes") : SAME;
      }
      return laxer("volumes of any type");
    }
    List<String> more = beyond(volumes, standard);
    if (unknown) {
      more = hostPath ? List.of(HOST_PATH) : List.of();
    }
    List<String> fewer = beyond(standard, volumes);
    String refused =
        fewer.isEmpty()
            ? ""
            : volumes.isEmpty()
                ? "volumes of any type"
                : fewer.size() > 10
                    ? "volumes of types other than " + joined(volumes)
                    : joined(fewer) + " volumes";
    return new Comparison(more.isEmpty() ? "" : joined(more) + " volumes", refused);
  }

  private static FieldVerdict hostPorts(PodSecurityPolicy policy) {
    List<Range> ports = policy.hostPorts();
    if (ports.isEmpty()) {
      return new FieldVerdict(
          PolicyField.HOST_PORTS, FieldVerdict.UNSET, stricter("host ports"), SAME, SAME, "");
    }
    boolean all = ports.stream().anyMatch(range -> range.min() <= 1 && range.max() >= LAST_PORT);
    String value = IdStrategy.joined(ports);
    Comparison lax = laxer("the host ports " + value);
    return new FieldVerdict(
        PolicyField.HOST_PORTS,
        value,
        all ? SAME : stricter("host ports other than " + value),
        lax,
        lax,
        "");
  }

  private static FieldVerdict runAsUser(IdStrategy user) {
    String value = user.toString();
    return switch (user.rule()) {
      case RUN_AS_ANY, MAY_RUN_AS ->
          new FieldVerdict(
              PolicyField.RUN_AS_USER, value, SAME, SAME, laxer("running as root"), "");
      case MUST_RUN_AS_NON_ROOT ->
          new FieldVerdict(
              PolicyField.RUN_AS_USER,
              value,
              stricter("running as root"),
              stricter("running as root"),
              SAME,
              "");
      case MUST_RUN_AS -> {
        String outside = "user ids other than " + IdStrategy.joined(user.ranges());
        boolean root = user.ranges().stream().anyMatch(range -> range.min() == 0);
        yield new FieldVerdict(
            PolicyField.RUN_AS_USER,
            value,
            stricter(outside),
            stricter(outside),
            new Comparison(root ? "running as root" : "pods without runAsNonRoot: true", outside),
            root
                ? ""
                : "It keeps root out as well, but restricted asks for runAsNonRoot, whatever the"
                    + " user id.");
      }
    };
  }

  private static FieldVerdict groups(PolicyField field, @Nullable IdStrategy groups) {
    if (groups == null) {
      return noOpinion(field, null, "");
    }
    boolean any = groups.rule() == PodSecurityPolicy.Rule.RUN_AS_ANY;
    return noOpinion(
        field,
        groups.toString(),
        any ? "" : "group ids other than " + IdStrategy.joined(groups.ranges()));
  }

  private static FieldVerdict readOnlyRootFilesystem(PodSecurityPolicy policy) {
    boolean readOnly = policy.readOnlyRootFilesystem();
    return noOpinion(
        PolicyField.READ_ONLY_ROOT_FILESYSTEM,
        Boolean.toString(readOnly),
        readOnly ? "writable root filesystems" : "");
  }

  private static FieldVerdict allowPrivilegeEscalation(PodSecurityPolicy policy) {
    Boolean allowed = policy.allowPrivilegeEscalation();
    String value = allowed == null ? FieldVerdict.UNSET : allowed.toString();
    String what = "privilege escalation";
    return allowed == null || allowed
        ? new FieldVerdict(
            PolicyField.ALLOW_PRIVILEGE_ESCALATION, value, SAME, SAME, laxer(what), "")
        : new FieldVerdict(
            PolicyField.ALLOW_PRIVILEGE_ESCALATION,
            value,
            stricter(what),
            stricter(what),
            SAME,
            "");
  }

  private static FieldVerdict hostPaths(PodSecurityPolicy policy) {
    List<HostPath> paths = policy.allowedHostPaths();
    String value = String.join(", ", paths.stream().map(HostPath::toString).toList());
    boolean matters = policy.allowsVolume(HOST_PATH);
    return new FieldVerdict(
        PolicyField.ALLOWED_HOST_PATHS,
        paths.isEmpty() ? FieldVerdict.UNSET : value,
        paths.isEmpty() || !matters ? SAME : stricter("host paths other than " + value),
        SAME,
        SAME,
        paths.isEmpty() || matters ? "" : without("hostPath"));
  }

  private static FieldVerdict flexVolumes(PodSecurityPolicy policy) {
    Comparison narrower =
        narrower(policy, "flexVolume", policy.allowedFlexVolumes(), "FlexVolume drivers");
    return drivers(
        policy,
        PolicyField.ALLOWED_FLEX_VOLUMES,
        "flexVolume",
        policy.allowedFlexVolumes(),
        narrower,
        // Restricted allows no FlexVolume in the first place.
        SAME);
  }

  private static FieldVerdict csiDrivers(PodSecurityPolicy policy) {
    Comparison narrower =
        narrower(policy, "csi", policy.allowedCsiDrivers(), "inline CSI volumes of drivers");
    return drivers(
        policy,
        PolicyField.ALLOWED_CSI_DRIVERS,
        "csi",
        policy.allowedCsiDrivers(),
        narrower,
        narrower);
  }

  private static Comparison narrower(
      PodSecurityPolicy policy, String volume, List<String> drivers, String what) {
    return drivers.isEmpty() || !policy.allowsVolume(volume)
        ? SAME
        : stricter(what + " other than " + joined(drivers));
  }

  private static FieldVerdict drivers(
      PodSecurityPolicy policy,
      PolicyField field,
      String volume,
      List<String> drivers,
      Comparison narrower,
      Comparison restricted) {
    return new FieldVerdict(
        field,
        drivers.isEmpty() ? FieldVerdict.UNSET : joined(drivers),
        narrower,
        narrower,
        restricted,
        drivers.isEmpty() || policy.allowsVolume(volume) ? "" : without(volume));
  }

  private static String without(String type) {
    return "It has no effect, as volumes does not allow " + type + ".";
  }

  private static FieldVerdict unsafeSysctls(PodSecurityPolicy policy) {
    List<String> sysctls = policy.allowedUnsafeSysctls();
    if (sysctls.isEmpty()) {
      return new FieldVerdict(
          PolicyField.ALLOWED_UNSAFE_SYSCTLS,
          FieldVerdict.UNSET,
          stricter("unsafe sysctls"),
          SAME,
          SAME,
          "");
    }
    String value = joined(sysctls);
    Comparison lax = laxer("the unsafe sysctls " + value);
    return new FieldVerdict(
        PolicyField.ALLOWED_UNSAFE_SYSCTLS,
        value,
        sysctls.contains("*") ? SAME : stricter("unsafe sysctls other than " + value),
        lax,
        lax,
        "");
  }

  private static FieldVerdict procMount(PodSecurityPolicy policy) {
    List<String> types = policy.allowedProcMountTypes();
    List<String> others = beyond(types, List.of("Default"));
    Comparison lax = others.isEmpty() ? SAME : laxer("/proc mounted as " + joined(others));
    return new FieldVerdict(
        PolicyField.ALLOWED_PROC_MOUNT_TYPES,
        types.isEmpty() ? FieldVerdict.UNSET : joined(types),
        types.contains("Unmasked") ? SAME : stricter("/proc mounted as Unmasked"),
        lax,
        lax,
        "");
  }

  private static FieldVerdict runtimeClasses(@Nullable RuntimeClass classes) {
    if (classes == null) {
      return noOpinion(PolicyField.ALLOWED_RUNTIME_CLASSES, null, "");
    }
    List<String> allowed = classes.allowed();
    String forbidden =
        allowed.contains("*")
            ? ""
            : allowed.isEmpty()
                ? "naming a runtime class"
                : "runtime classes other than " + joined(allowed);
    return noOpinion(
        PolicyField.ALLOWED_RUNTIME_CLASSES,
        allowed.isEmpty() ? "none" : joined(allowed),
        forbidden);
  }

  private static @Nullable String text(@Nullable Boolean value) {
    return value == null ? null : value.toString();
  }

  private static @Nullable String text(List<String> items) {
    return items.isEmpty() ? null : joined(items);
  }

  static String joined(Iterable<String> items) {
    return String.join(", ", items);
  }

  /** {@return what is among the first and not among the second} */
  private static List<String> beyond(Iterable<String> some, java.util.Collection<String> others) {
    var beyond = new ArrayList<String>();
    for (String item : some) {
      if (!others.contains(item) && !beyond.contains(item)) {
        beyond.add(item);
      }
    }
    return beyond;
  }
}
