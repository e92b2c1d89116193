package dev.portcullis.advice.export;

import dev.portcullis.admission.config.PodSecurityConfiguration;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.PolicyLabels;
import java.util.Set;

/**
 * What to export.
 *
 * @param configuration defaults and exemptions; they become literals
 * @param profile whether the API server's own plugin is off or on
 * @param kubernetes the minor N of the API server's version 1.N, which {@code latest} stands for;
 *     at least {@link #OLDEST_MINOR}
 * @param modes the modes to export, at least one
 * @param labelPrefix what the labels that count begin with, up to and with the slash
 * @param workloads what is done about objects that create pods
 * @param guard whether relaxing the labels needs a separate right
 * @param enforce whether violations are refused; otherwise they are warned of
 * @param exporter the version of Portcullis, for the objects' annotations
 */
public record ExportOptions(
    PodSecurityConfiguration configuration,
    Profile profile,
    int kubernetes,
    Set<Mode> modes,
    String labelPrefix,
    Workloads workloads,
    boolean guard,
    boolean enforce,
    String exporter) {
  /** ValidatingAdmissionPolicies are generally available from 1.30 on. */
  public static final int OLDEST_MINOR = 30;

  /** Copies the modes. */
  public ExportOptions {
    modes = Set.copyOf(modes);
    if (modes.isEmpty()) {
      throw new IllegalArgumentException("no mode to export");
    }
    if (kubernetes < OLDEST_MINOR) {
      throw new IllegalArgumentException("no policies for v1." + kubernetes);
    }
  }

  /** How the policies stand to the API server's own PodSecurity plugin. */
  public enum Profile {
    /**
     * The plugin is off: the policies read the standard labels and write the standard audit keys.
     */
    REPLACE,
    /**
     * The plugin is on: the policies add defaults and exemptions where the standard enforce label
     * is absent, or act on separate labels.
     */
    COMPLEMENT
  }

  /** What is done about objects that create pods. */
  public enum Workloads {
    /** Warn and audit judge them, as in the reference. */
    WARN,
    /** Besides, one whose changed template violates the enforced level is refused. */
    ENFORCE,
    /** They are not looked at. */
    NONE
  }

  /** {@return whether labels other than the standard ones count} */
  boolean ownLabels() {
    return !labelPrefix.equals(PolicyLabels.PREFIX);
  }

  /** {@return whether only the defaults count}: the plugin reads the labels. */
  boolean defaultsOnly() {
    return profile == Profile.COMPLEMENT && !ownLabels();
  }

  boolean has(Mode mode) {
    return modes.contains(mode);
  }
}
