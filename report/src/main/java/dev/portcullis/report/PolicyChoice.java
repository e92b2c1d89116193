package dev.portcullis.report;

import dev.portcullis.admission.config.Exemptions;
import dev.portcullis.admission.config.PodSecurityConfiguration;
import dev.portcullis.manifests.Workload;
import dev.portcullis.policy.Level;
import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.Version;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the policy that a workload is judged by: flags, its namespace's labels, the configuration,
 * restricted:latest.
 */
public final class PolicyChoice {
  private static final Choice DEFAULT =
      new Choice(
          PolicySource.DEFAULT,
          List.of(new Demand(Mode.ENFORCE, new LevelVersion(Level.RESTRICTED, Version.LATEST))));

  private final @Nullable Choice everywhere;
  private final Exemptions exemptions;
  private final Choice elsewhere;
  private final Map<String, Policy> namespaces;
  private final @Nullable String namespace;

  /** One level and version to judge at, and what a violation means. */
  public record Demand(Mode mode, LevelVersion at) {}

  /** The demands on a workload, and where they come from. */
  public record Choice(PolicySource source, List<Demand> demands) {
    static Choice of(PolicySource source, Policy policy) {
      return new Choice(
          source,
          List.of(
              new Demand(Mode.ENFORCE, policy.enforce()),
              new Demand(Mode.AUDIT, policy.audit()),
              new Demand(Mode.WARN, policy.warn())));
    }
  }

  /**
   * Chooses.
   *
   * @param demanded what the flags demand for everything, or null
   * @param configuration what {@code --config} says, or null
   * @param namespaces the policies that labels ask for, by name
   * @param namespace where workloads go that name no namespace, or null
   */
  public PolicyChoice(
      @Nullable LevelVersion demanded,
      @Nullable PodSecurityConfiguration configuration,
      Map<String, Policy> namespaces,
      @Nullable String namespace) {
    this.namespace = namespace;
    this.everywhere =
        demanded == null
            ? null
            : new Choice(PolicySource.FLAG, List.of(new Demand(Mode.ENFORCE, demanded)));
    this.exemptions = configuration == null ? Exemptions.NONE : configuration.exemptions();
    this.elsewhere =
        configuration == null ? DEFAULT : Choice.of(PolicySource.CONFIG, configuration.defaults());
    this.namespaces = namespaces;
  }

  /** {@return whether the configuration exempts this workload} */
  public boolean exempts(Workload workload) {
    String namespace = namespaceOf(workload);
    return (namespace != null && exemptions.namespace(namespace))
        || exemptions.runtimeClass(workload.pod().runtimeClassName());
  }

  /** {@return the demands on this workload} */
  public Choice of(Workload workload) {
    if (everywhere != null) {
      return everywhere;
    }
    String namespace = namespaceOf(workload);
    Policy labelled = namespace == null ? null : namespaces.get(namespace);
    return labelled == null ? elsewhere : Choice.of(PolicySource.NAMESPACE, labelled);
  }

  /** {@return the workload's namespace, or where it goes without one; null if nothing says so} */
  @Nullable String namespaceOf(Workload workload) {
    String own = workload.namespace();
    return own == null || own.isEmpty() ? namespace : own;
  }
}
