package dev.portcullis.advice.migrate.psp;

import static dev.portcullis.advice.migrate.psp.Comparison.SAME;
import static dev.portcullis.advice.migrate.psp.Comparison.laxer;
import static dev.portcullis.advice.migrate.psp.Comparison.stricter;

import dev.portcullis.advice.migrate.psp.PodSecurityPolicy.SeLinux;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The rows of the mapping that are about SELinux, seccomp and AppArmor. */
final class ProfileRows {
  private static final Set<String> SE_LINUX_TYPES =
      Set.of("", "container_t", "container_init_t", "container_kvm_t");
  private static final String RUNTIME_DEFAULT = "runtime/default";
  private static final String LOCALHOST = "localhost/";

  private ProfileRows() {}

  static FieldVerdict seLinux(SeLinux seLinux) {
    if (!seLinux.mustRunAs()) {
      Comparison any = laxer("any SELinux user, role and type");
      return new FieldVerdict(PolicyField.SE_LINUX, seLinux.toString(), SAME, any, any, "");
    }
    var bad = new ArrayList<String>();
    if (!seLinux.user().isEmpty()) {
      bad.add("the SELinux user " + seLinux.user());
    }
    if (!seLinux.role().isEmpty()) {
      bad.add("the SELinux role " + seLinux.role());
    }
    if (!SE_LINUX_TYPES.contains(seLinux.type())) {
      bad.add("the SELinux type " + seLinux.type());
    }
    String options = seLinux.options();
    String others =
        options.isEmpty() ? "setting SELinux options" : "SELinux options other than " + options;
    var beside = new Comparison(String.join(", ", bad), others);
    String remark =
        !seLinux.given()
            ? "Without seLinuxOptions the API server cannot use this policy for any pod."
            : seLinux.type().equals("container_engine_t")
                ? "From v1.31 on the standards themselves allow this type."
                : "";
    return new FieldVerdict(
        PolicyField.SE_LINUX, seLinux.toString(), stricter(others), beside, beside, remark);
  }

  static FieldVerdict defaultProfile(PodSecurityPolicy policy, PolicyField field) {
    return StandardMapping.noOpinion(field, policy.annotations().get(field.toString()), "");
  }

  static FieldVerdict seccomp(PodSecurityPolicy policy) {
    String value = policy.annotations().get(PolicyField.SECCOMP_ALLOWED.toString());
    if (value == null) {
      Comparison none = stricter("setting a seccomp profile");
      return new FieldVerdict(
          PolicyField.SECCOMP_ALLOWED,
          FieldVerdict.UNSET,
          none,
          none,
          new Comparison("pods without a seccomp profile", "setting a seccomp profile"),
          "");
    }
    // The API server itself reads docker/default as runtime/default.
    List<String> profiles =
        Stream.of(value.split(",", -1))
            .map(profile -> profile.equals("docker/default") ? RUNTIME_DEFAULT : profile)
            .toList();
    if (profiles.contains("*")) {
      return new FieldVerdict(
          PolicyField.SECCOMP_ALLOWED,
          value,
          SAME,
          laxer("any seccomp profile, unconfined too"),
          laxer("any seccomp profile, unconfined and none too"),
          "");
    }
    return profiles(PolicyField.SECCOMP_ALLOWED, "seccomp", value, profiles);
  }

  static FieldVerdict appArmor(PodSecurityPolicy policy) {
    String value = policy.annotations().get(PolicyField.APP_ARMOR_ALLOWED.toString());
    if (value == null) {
      Comparison any = laxer("any AppArmor profile, unconfined too");
      return new FieldVerdict(
          PolicyField.APP_ARMOR_ALLOWED,
          FieldVerdict.UNSET,
          SAME,
          any,
          any,
          "A policy without this annotation allows all profiles; it matters only on nodes with"
              + " AppArmor.");
    }
    return profiles(
        PolicyField.APP_ARMOR_ALLOWED, "AppArmor", value, List.of(value.split(",", -1)));
  }

  private static FieldVerdict profiles(
      PolicyField field, String system, String value, List<String> profiles) {
    boolean unset = profiles.contains("");
    var foreign = new ArrayList<String>();
    for (String profile : profiles) {
      if (!profile.isEmpty()
          && !profile.equals(RUNTIME_DEFAULT)
          && !profile.startsWith(LOCALHOST)
          && !foreign.contains(profile)) {
        foreign.add(profile);
      }
    }
    String bad =
        foreign.isEmpty() ? "" : "the " + system + " profiles " + StandardMapping.joined(foreign);
    String unprofiled = unset ? "pods without " + article(system) + " profile" : "";
    String without = unset ? "" : "pods without " + article(system) + " profile";
    String others = others(system, profiles);
    return new FieldVerdict(
        field,
        value.isEmpty() ? "\"\"" : value,
        stricter(both(system + " profiles that are not listed", without)),
        new Comparison(bad, both(others, without)),
        new Comparison(both(bad, unprofiled), others),
        "");
  }

  private static String article(String system) {
    return system.equals("seccomp") ? "a seccomp" : "an AppArmor";
  }

  /** {@return what the standards allow besides these} */
  private static String others(String system, List<String> profiles) {
    boolean everyLocal = profiles.contains(LOCALHOST + "*");
    if (profiles.contains(RUNTIME_DEFAULT)) {
      return everyLocal ? "" : system + " profiles of the node that are not listed";
    }
    return everyLocal
        ? "the runtime's default " + system + " profile"
        : system + " profiles that are not listed";
  }

  private static String both(String one, String other) {
    return one.isEmpty() ? other : other.isEmpty() ? one : one + ", " + other;
  }
}
