package dev.portcullis.advice.migrate.psp;

import dev.portcullis.advice.migrate.psp.PodSecurityPolicy.IdStrategy;
import dev.portcullis.advice.migrate.psp.PodSecurityPolicy.Rule;
import dev.portcullis.advice.migrate.psp.PodSecurityPolicy.SeLinux;
import dev.portcullis.policy.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value that a policy fills in where a pod leaves it out, and that manifests must hold once the
 * policy is gone.
 *
 * @param field what says so in the policy
 * @param target where it goes
 * @param json the value as JSON; for a list, one item of it
 */
public record Mutation(PolicyField field, Target target, String json) {

  /** Where a policy fills in. */
  public enum Target {
    SUPPLEMENTAL_GROUPS("spec.securityContext.supplementalGroups", false),
    FS_GROUP("spec.securityContext.fsGroup", false),
    SE_LINUX_OPTIONS("spec.securityContext.seLinuxOptions", false),
    SECCOMP_PROFILE("spec.securityContext.seccompProfile", false),
    RUNTIME_CLASS_NAME("spec.runtimeClassName", false),
    RUN_AS_USER("securityContext.runAsUser", true),
    RUN_AS_GROUP("securityContext.runAsGroup", true),
    RUN_AS_NON_ROOT("securityContext.runAsNonRoot", true),
    APP_ARMOR_PROFILE("securityContext.appArmorProfile", true),
    READ_ONLY_ROOT_FILESYSTEM("securityContext.readOnlyRootFilesystem", true),
    CAPABILITIES_ADD("securityContext.capabilities.add", true),
    CAPABILITIES_DROP("securityContext.capabilities.drop", true),
    ALLOW_PRIVILEGE_ESCALATION("securityContext.allowPrivilegeEscalation", true);

    private final String path;
    private final boolean container;

    Target(String path, boolean container) {
      this.path = path;
      this.container = container;
    }

    /** {@return the path, from the container or else from the pod} */
    public String path() {
      return path;
    }

    /** {@return whether it is a field of every container; else of the pod} */
    public boolean container() {
      return container;
    }

    /** {@return whether it is a list to which an item is added} */
    public boolean list() {
      return this == CAPABILITIES_ADD || this == CAPABILITIES_DROP;
    }
  }

  /** {@return path and value as a person reads them} */
  @Override
  public String toString() {
    String where = target.container ? " in every container" : "";
    return target.path + ": " + (target.list() ? "[" + json + "]" : json) + where;
  }

  /** {@return all that the policy fills in, in the order of its fields} */
  public static List<Mutation> of(PodSecurityPolicy policy) {
    var all = new ArrayList<Mutation>();
    for (String added : policy.defaultAddCapabilities()) {
      add(all, PolicyField.DEFAULT_ADD_CAPABILITIES, Target.CAPABILITIES_ADD, quoted(added));
    }
    for (String dropped : policy.requiredDropCapabilities()) {
      add(all, PolicyField.REQUIRED_DROP_CAPABILITIES, Target.CAPABILITIES_DROP, quoted(dropped));
    }
    SeLinux seLinux = policy.seLinux();
    if (seLinux.mustRunAs() && !seLinux.options().isEmpty()) {
      add(all, PolicyField.SE_LINUX, Target.SE_LINUX_OPTIONS, options(seLinux));
    }
    if (policy.runAsUser().rule() == Rule.MUST_RUN_AS_NON_ROOT) {
      add(all, PolicyField.RUN_AS_USER, Target.RUN_AS_NON_ROOT, "true");
    }
    id(all, PolicyField.RUN_AS_USER, policy.runAsUser(), Target.RUN_AS_USER);
    id(all, PolicyField.RUN_AS_GROUP, policy.runAsGroup(), Target.RUN_AS_GROUP);
    id(
        all,
        PolicyField.SUPPLEMENTAL_GROUPS,
        policy.supplementalGroups(),
        Target.SUPPLEMENTAL_GROUPS);
    id(all, PolicyField.FS_GROUP, policy.fsGroup(), Target.FS_GROUP);
    if (policy.readOnlyRootFilesystem()) {
      add(all, PolicyField.READ_ONLY_ROOT_FILESYSTEM, Target.READ_ONLY_ROOT_FILESYSTEM, "true");
    }
    // A container that says nothing may escalate anyway, so a default of true changes nothing.
    if (Boolean.FALSE.equals(policy.defaultAllowPrivilegeEscalation())) {
      add(
          all,
          PolicyField.DEFAULT_ALLOW_PRIVILEGE_ESCALATION,
          Target.ALLOW_PRIVILEGE_ESCALATION,
          "false");
    } else if (Boolean.FALSE.equals(policy.allowPrivilegeEscalation())) {
      add(all, PolicyField.ALLOW_PRIVILEGE_ESCALATION, Target.ALLOW_PRIVILEGE_ESCALATION, "false");
    }
    if (policy.runtimeClass() != null && policy.runtimeClass().defaultName() != null) {
      add(
          all,
          PolicyField.DEFAULT_RUNTIME_CLASS,
          Target.RUNTIME_CLASS_NAME,
          quoted(policy.runtimeClass().defaultName()));
    }
    profile(all, policy, PolicyField.SECCOMP_DEFAULT, Target.SECCOMP_PROFILE);
    profile(all, policy, PolicyField.APP_ARMOR_DEFAULT, Target.APP_ARMOR_PROFILE);
    return List.copyOf(all);
  }

  private static void add(List<Mutation> all, PolicyField field, Target target, String json) {
    all.add(new Mutation(field, target, json));
  }

  private static void id(
      List<Mutation> all, PolicyField field, @Nullable IdStrategy ids, Target target) {
    if (ids != null && ids.rule() == Rule.MUST_RUN_AS) {
      long first = ids.ranges().getFirst().min();
      add(
          all,
          field,
          target,
          target == Target.SUPPLEMENTAL_GROUPS ? "[" + first + "]" : first + "");
    }
  }

  private static void profile(
      List<Mutation> all, PodSecurityPolicy policy, PolicyField field, Target target) {
    String profile = policy.annotations().getOrDefault(field.toString(), "");
    String json =
        switch (profile) {
          case "" -> "";
          case "runtime/default", "docker/default" -> "{\"type\": \"RuntimeDefault\"}";
          case "unconfined" -> "{\"type\": \"Unconfined\"}";
          default ->
              "{\"type\": \"Localhost\", \"localhostProfile\": " + quoted(local(profile)) + "}";
        };
    if (!json.isEmpty()) {
      add(all, field, target, json);
    }
  }

  private static String local(String profile) {
    return profile.startsWith("localhost/") ? profile.substring("localhost/".length()) : profile;
  }

  private static String options(SeLinux seLinux) {
    var out = new StringBuilder();
    option(out, "user", seLinux.user());
    option(out, "role", seLinux.role());
    option(out, "type", seLinux.type());
    option(out, "level", seLinux.level());
    return "{" + out + "}";
  }

  private static void option(StringBuilder out, String name, String value) {
    if (!value.isEmpty()) {
      out.append(out.isEmpty() ? "" : ", ").append('"').append(name).append("\": ");
      JsonText.appendQuoted(out, value);
    }
  }

  private static String quoted(String text) {
    var out = new StringBuilder();
    JsonText.appendQuoted(out, text);
    return out.toString();
  }
}
