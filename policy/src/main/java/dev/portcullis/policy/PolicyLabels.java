package dev.portcullis.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Pod Security labels of a namespace, and the policy they ask for.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/security/pod-security-admission/">Pod Security
 *     Admission</a>
 */
public final class PolicyLabels {
  /** What all the labels, and the audit annotations, begin with. */
  public static final String PREFIX = "pod-security.kubernetes.io/";

  /** The label of the enforced level. */
  public static final String ENFORCE = PREFIX + "enforce";

  /** The label of the enforced version. */
  public static final String ENFORCE_VERSION = PREFIX + "enforce-version";

  /** The label of the audited level. */
  public static final String AUDIT = PREFIX + "audit";

  /** The label of the audited version. */
  public static final String AUDIT_VERSION = PREFIX + "audit-version";

  /** The label of the level to warn of. */
  public static final String WARN = PREFIX + "warn";

  /** The label of the version to warn of. */
  public static final String WARN_VERSION = PREFIX + "warn-version";

  private PolicyLabels() {}

  /**
   * What labels came to.
   *
   * @param policy always usable: an invalid enforce level counts as restricted, an invalid audit or
   *     warn level as privileged, an invalid version as latest
   * @param errors what is invalid, in the order enforce, audit, warn, each level before its version
   */
  public record Resolution(Policy policy, List<LabelError> errors) {
    /** Copies the errors. */
    public Resolution {
      errors = List.copyOf(errors);
    }
  }

  /**
   * A label whose value is not one.
   *
   * @param key the whole key
   * @param value what it was set to
   * @param expected what it must be
   */
  public record LabelError(String key, String value, String expected) {
    /** {@return the path of the label in its namespace} */
    public String field() {
      return "metadata.labels[" + key + "]";
    }

    /** {@return what is wrong, without the path} */
    public String problem() {
      return "Invalid value: " + GoText.quote(value) + ": " + expected;
    }

    /** {@return path and problem} */
    @Override
    public String toString() {
      return field() + ": " + problem();
    }
  }

  /** {@return the errors as one text}: a single one plain, several in brackets. */
  public static String aggregate(List<LabelError> errors) {
    if (errors.size() == 1) {
      return errors.getFirst().toString();
    }
    var out = new StringBuilder("[");
    for (LabelError error : errors) {
      out.append(out.length() == 1 ? "" : ", ").append(error);
    }
    return out.append(']').toString();
  }

  /** {@return the label that sets the level of this mode} */
  public static String level(Mode mode) {
    return switch (mode) {
      case ENFORCE -> ENFORCE;
      case AUDIT -> AUDIT;
      case WARN -> WARN;
    };
  }

  /** {@return the label that sets the version of this mode} */
  public static String version(Mode mode) {
    return switch (mode) {
      case ENFORCE -> ENFORCE_VERSION;
      case AUDIT -> AUDIT_VERSION;
      case WARN -> WARN_VERSION;
    };
  }

  /** {@return whether a label here says anything of Pod Security} */
  public static boolean present(Map<String, String> labels) {
    for (Mode mode : Mode.values()) {
      if (labels.containsKey(level(mode)) || labels.containsKey(version(mode))) {
        return true;
      }
    }
    return false;
  }

  /**
   * {@return the policy that these labels ask for on top of the defaults}; warn follows enforce
   * where it is not set.
   */
  public static Resolution resolve(Map<String, String> labels, Policy defaults) {
    if (!present(labels)) {
      return new Resolution(defaults, List.of());
    }
    var errors = new ArrayList<LabelError>(0);
    var enforce = override(labels, Mode.ENFORCE, defaults.enforce(), Level.RESTRICTED, errors);
    var audit = override(labels, Mode.AUDIT, defaults.audit(), Level.PRIVILEGED, errors);
    var warn = override(labels, Mode.WARN, defaults.warn(), Level.PRIVILEGED, errors);

    String enforceLabel = labels.get(ENFORCE);
    boolean enforceValid = enforceLabel != null && Level.parse(enforceLabel) != null;
    if (enforceValid && !labels.containsKey(WARN) && enforce.level().stricterThan(warn.level())) {
      boolean versionGiven = labels.containsKey(WARN_VERSION);
      warn = new LevelVersion(enforce.level(), versionGiven ? warn.version() : enforce.version());
    }
    return new Resolution(new Policy(enforce, audit, warn), errors);
  }

  private static LevelVersion override(
      Map<String, String> labels,
      Mode mode,
      LevelVersion fallback,
      Level ifInvalid,
      List<LabelError> errors) {
    Level level = fallback.level();
    Version version = fallback.version();
    String levelText = labels.get(level(mode));
    if (levelText != null) {
      @Nullable Level parsed = Level.parse(levelText);
      if (parsed == null) {
        errors.add(new LabelError(level(mode), levelText, Level.EXPECTED));
      }
      level = parsed == null ? ifInvalid : parsed;
    }
    String versionText = labels.get(version(mode));
    if (versionText != null) {
      @Nullable Version parsed = Version.parse(versionText);
      if (parsed == null) {
        errors.add(new LabelError(version(mode), versionText, Version.EXPECTED));
      }
      version = parsed == null ? Version.LATEST : parsed;
    }
    return new LevelVersion(level, version);
  }
}
