package dev.portcullis.advice.migrate.psp;

import dev.portcullis.advice.migrate.psp.PodSecurityPolicy.HostPath;
import dev.portcullis.advice.migrate.psp.PodSecurityPolicy.IdStrategy;
import dev.portcullis.advice.migrate.psp.PodSecurityPolicy.Range;
import dev.portcullis.advice.migrate.psp.PodSecurityPolicy.Rule;
import dev.portcullis.advice.migrate.psp.PodSecurityPolicy.RuntimeClass;
import dev.portcullis.advice.migrate.psp.PodSecurityPolicy.SeLinux;
import dev.portcullis.manifests.ManifestError;
import dev.portcullis.manifests.ManifestObject;
import dev.portcullis.manifests.yaml.Mapping;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads PodSecurityPolicies from manifests. */
public final class PolicyReader {
  private static final Set<String> SPEC =
      Set.of(
          "privileged",
          "defaultAddCapabilities",
          "requiredDropCapabilities",
          "allowedCapabilities",
          "volumes",
          "hostNetwork",
          "hostPorts",
          "hostPID",
          "hostIPC",
          "seLinux",
          "runAsUser",
          "runAsGroup",
          "supplementalGroups",
          "fsGroup",
          "readOnlyRootFilesystem",
          "defaultAllowPrivilegeEscalation",
          "allowPrivilegeEscalation",
          "allowedHostPaths",
          "allowedFlexVolumes",
          "allowedCSIDrivers",
          "allowedUnsafeSysctls",
          "forbiddenSysctls",
          "allowedProcMountTypes",
          "runtimeClass");
  private static final Set<Rule> USER_RULES =
      EnumSet.of(Rule.MUST_RUN_AS, Rule.MUST_RUN_AS_NON_ROOT, Rule.RUN_AS_ANY);
  private static final Set<Rule> GROUP_RULES =
      EnumSet.of(Rule.MUST_RUN_AS, Rule.MAY_RUN_AS, Rule.RUN_AS_ANY);

  private final ManifestObject object;
  private final FieldReader fields;

  /**
   * What an object came to.
   *
   * @param policy null when there are errors
   * @param errors what no API server would have taken
   * @param unknown fields that PodSecurityPolicies do not have, such as misspelt ones
   */
  public record Result(
      @Nullable PodSecurityPolicy policy, List<ManifestError> errors, List<ManifestError> unknown) {
    /** Copies the lists. */
    public Result {
      errors = List.copyOf(errors);
      unknown = List.copyOf(unknown);
    }
  }

  private PolicyReader(ManifestObject object) {
    this.object = object;
    this.fields = new FieldReader(object);
  }

  /** {@return whether the object is a PodSecurityPolicy of an API version that was ever served} */
  public static boolean reads(ManifestObject object) {
    return object.kind().equals("PodSecurityPolicy")
        && (object.apiVersion().equals("policy/v1beta1")
            || object.apiVersion().equals("extensions/v1beta1"));
  }

  /** {@return the policy in an object that {@link #reads} takes} */
  public static Result read(ManifestObject object) {
    return new PolicyReader(object).read();
  }

  private Result read() {
    String name = object.name();
    if (name == null || name.isEmpty()) {
      fields.fault(object.root(), "metadata.name: is missing");
    }
    fields.onlyKnown(object.root(), "", Set.of("apiVersion", "kind", "metadata", "spec", "status"));
    Mapping spec = fields.mapping(object.root(), "", "spec");
    if (spec == null) {
      fields.fault(object.root(), "spec: is missing");
      return new Result(null, fields.errors(), fields.unknown());
    }
    fields.onlyKnown(spec, "spec", SPEC);
    PodSecurityPolicy policy = policy(name == null ? "" : name, spec);
    return new Result(fields.errors().isEmpty() ? policy : null, fields.errors(), fields.unknown());
  }

  private PodSecurityPolicy policy(String name, Mapping spec) {
    Mapping metadata = fields.mapping(object.root(), "", "metadata");
    return new PodSecurityPolicy(
        name,
        object.file(),
        object.position().line(),
        fields.texts(metadata, "metadata", "annotations"),
        flag(spec, "privileged"),
        fields.strings(spec, "spec", "defaultAddCapabilities"),
        fields.strings(spec, "spec", "requiredDropCapabilities"),
        fields.strings(spec, "spec", "allowedCapabilities"),
        fields.strings(spec, "spec", "volumes"),
        flag(spec, "hostNetwork"),
        ranges(spec, "spec", "hostPorts"),
        flag(spec, "hostPID"),
        flag(spec, "hostIPC"),
        seLinux(spec),
        ids(spec, "runAsUser", USER_RULES),
        spec.get("runAsGroup") == null ? null : ids(spec, "runAsGroup", GROUP_RULES),
        ids(spec, "supplementalGroups", GROUP_RULES),
        ids(spec, "fsGroup", GROUP_RULES),
        flag(spec, "readOnlyRootFilesystem"),
        fields.bool(spec, "spec", "defaultAllowPrivilegeEscalation"),
        fields.bool(spec, "spec", "allowPrivilegeEscalation"),
        hostPaths(spec),
        names(spec, "allowedFlexVolumes", "driver"),
        names(spec, "allowedCSIDrivers", "name"),
        fields.strings(spec, "spec", "allowedUnsafeSysctls"),
        fields.strings(spec, "spec", "forbiddenSysctls"),
        fields.strings(spec, "spec", "allowedProcMountTypes"),
        runtimeClass(spec));
  }

  private boolean flag(Mapping spec, String name) {
    return Boolean.TRUE.equals(fields.bool(spec, "spec", name));
  }

  private List<Range> ranges(Mapping in, String path, String name) {
    var ranges = new ArrayList<Range>();
    for (FieldReader.Item item : fields.mappings(in, path, name)) {
      fields.onlyKnown(item.mapping(), item.path(), Set.of("min", "max"));
      ranges.add(
          new Range(
              fields.number(item.mapping(), item.path(), "min"),
              fields.number(item.mapping(), item.path(), "max")));
    }
    return ranges;
  }

  private IdStrategy ids(Mapping spec, String name, Set<Rule> allowed) {
    String path = "spec." + name;
    Mapping strategy = fields.mapping(spec, "spec", name);
    if (strategy == null) {
      fields.fault(spec, path + ".rule: is missing");
      return new IdStrategy(Rule.RUN_AS_ANY, List.of());
    }
    fields.onlyKnown(strategy, path, Set.of("rule", "ranges"));
    List<Range> ranges = ranges(strategy, path, "ranges");
    String text = fields.string(strategy, path, "rule");
    Rule rule = Rule.parse(text);
    if (rule == null || !allowed.contains(rule)) {
      String expected = String.join(", ", allowed.stream().map(Rule::toString).sorted().toList());
      fields.fault(strategy, "rule", path + ".rule: must be one of " + expected);
      return new IdStrategy(Rule.RUN_AS_ANY, List.of());
    }
    boolean ranged = rule == Rule.MUST_RUN_AS || rule == Rule.MAY_RUN_AS;
    if (ranged && ranges.isEmpty()) {
      fields.fault(strategy, path + ".ranges: must not be empty with the rule " + rule);
    }
    return new IdStrategy(rule, ranged ? ranges : List.of());
  }

  private SeLinux seLinux(Mapping spec) {
    Mapping seLinux = fields.mapping(spec, "spec", "seLinux");
    if (seLinux == null) {
      fields.fault(spec, "spec.seLinux.rule: is missing");
      return new SeLinux(false, false, "", "", "", "");
    }
    fields.onlyKnown(seLinux, "spec.seLinux", Set.of("rule", "seLinuxOptions"));
    String rule = fields.string(seLinux, "spec.seLinux", "rule");
    if (!rule.equals("MustRunAs") && !rule.equals("RunAsAny")) {
      fields.fault(seLinux, "rule", "spec.seLinux.rule: must be one of MustRunAs, RunAsAny");
    }
    Mapping options = fields.mapping(seLinux, "spec.seLinux", "seLinuxOptions");
    if (options == null) {
      return new SeLinux(rule.equals("MustRunAs"), false, "", "", "", "");
    }
    String path = "spec.seLinux.seLinuxOptions";
    fields.onlyKnown(options, path, Set.of("user", "role", "type", "level"));
    return new SeLinux(
        rule.equals("MustRunAs"),
        true,
        fields.string(options, path, "user"),
        fields.string(options, path, "role"),
        fields.string(options, path, "type"),
        fields.string(options, path, "level"));
  }

  private List<HostPath> hostPaths(Mapping spec) {
    var paths = new ArrayList<HostPath>();
    for (FieldReader.Item item : fields.mappings(spec, "spec", "allowedHostPaths")) {
      fields.onlyKnown(item.mapping(), item.path(), Set.of("pathPrefix", "readOnly"));
      Boolean readOnly = fields.bool(item.mapping(), item.path(), "readOnly");
      paths.add(
          new HostPath(
              fields.string(item.mapping(), item.path(), "pathPrefix"),
              Boolean.TRUE.equals(readOnly)));
    }
    return paths;
  }

  private List<String> names(Mapping spec, String list, String name) {
    var names = new ArrayList<String>();
    for (FieldReader.Item item : fields.mappings(spec, "spec", list)) {
      fields.onlyKnown(item.mapping(), item.path(), Set.of(name));
      names.add(fields.string(item.mapping(), item.path(), name));
    }
    return names;
  }

  private @Nullable RuntimeClass runtimeClass(Mapping spec) {
    Mapping classes = fields.mapping(spec, "spec", "runtimeClass");
    if (classes == null) {
      return null;
    }
    String path = "spec.runtimeClass";
    fields.onlyKnown(classes, path, Set.of("allowedRuntimeClassNames", "defaultRuntimeClassName"));
    String name = fields.string(classes, path, "defaultRuntimeClassName");
    return new RuntimeClass(
        fields.strings(classes, path, "allowedRuntimeClassNames"), name.isEmpty() ? null : name);
  }
}
