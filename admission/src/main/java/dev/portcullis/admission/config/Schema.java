package dev.portcullis.admission.config;

import dev.portcullis.admission.wire.ObjectKind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The members of a PodSecurityConfiguration in one of its versions.
 *
 * @param goPackage where the reference keeps its types, for errors
 * @param defaults the section of defaults
 * @param exemptions the section of exemptions
 * @param levels the members of {@code defaults}: enforce, audit and warn, each level before its
 *     version
 * @param exempted the members of {@code exemptions}: user names, namespaces, runtime classes
 * @param defaulted whether what is missing is filled in
 */
record Schema(
    String goPackage,
    String defaults,
    String exemptions,
    List<String> levels,
    List<String> exempted,
    boolean defaulted) {
  private static final String GROUP = "pod-security.admission.config.k8s.io";

  private static final List<String> LEVELS =
      List.of("enforce", "enforce-version", "audit", "audit-version", "warn", "warn-version");
  private static final List<String> EXEMPTED = List.of("usernames", "namespaces", "runtimeClasses");

  private static final Map<ObjectKind, Schema> BY_KIND =
      Map.of(
          kind("v1"),
          published("v1"),
          kind("v1beta1"),
          published("v1beta1"),
          kind("v1alpha1"),
          published("v1alpha1"),
          kind(ObjectKind.INTERNAL),
          internal());

  /** {@return the members of this kind, null when it is no PodSecurityConfiguration} */
  static @Nullable Schema of(ObjectKind kind) {
    return BY_KIND.get(kind);
  }

  private static ObjectKind kind(String version) {
    return new ObjectKind(GROUP, version, "PodSecurityConfiguration");
  }

  private static Schema published(String version) {
    return new Schema(version, "defaults", "exemptions", LEVELS, EXEMPTED, true);
  }

  /** The reference can read its own in-memory form too, under the names of its Go fields. */
  private static Schema internal() {
    return new Schema(
        "api",
        "Defaults",
        "Exemptions",
        List.of("Enforce", "EnforceVersion", "Audit", "AuditVersion", "Warn", "WarnVersion"),
        List.of("Usernames", "Namespaces", "RuntimeClasses"),
        false);
  }
}
