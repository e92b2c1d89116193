package dev.portcullis.advice.migrate;

import dev.portcullis.advice.migrate.psp.Mutation;
import dev.portcullis.advice.migrate.psp.PolicyGrants;
import dev.portcullis.advice.migrate.psp.PolicyVerdict;
import dev.portcullis.policy.Level;
import dev.portcullis.policy.Version;
import dev.portcullis.policy.remedy.Risk;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of PodSecurityPolicies.
 *
 * @param version that of all levels in it
 * @param policies by name
 * @param namespaces by name; the one without a name, last, holds the workloads that name none
 * @param notes what a reader should know, sentences without final periods
 */
public record MigrationReport(
    Version version, List<Policy> policies, List<Namespace> namespaces, List<String> notes) {
  /** Copies the lists. */
  public MigrationReport {
    policies = List.copyOf(policies);
    namespaces = List.copyOf(namespaces);
    notes = List.copyOf(notes);
  }

  /** {@return whether somebody still has to decide or do something} */
  public boolean undecided() {
    return policies.stream().anyMatch(policy -> policy.verdict().level() == Level.PRIVILEGED)
        || namespaces.stream().anyMatch(Namespace::undecided);
  }

  /**
   * A policy.
   *
   * @param file the file it stands in
   * @param line the line it starts at, from 1; 0 when that means nothing
   * @param verdict beside the standards
   * @param mutations what it fills in
   * @param uses who may use it
   * @param unknownFields fields that are none, with their places
   */
  public record Policy(
      String file,
      int line,
      PolicyVerdict verdict,
      List<Mutation> mutations,
      List<PolicyGrants.Use> uses,
      List<String> unknownFields) {
    /** Copies the lists. */
    public Policy {
      mutations = List.copyOf(mutations);
      uses = List.copyOf(uses);
      unknownFields = List.copyOf(unknownFields);
    }
  }

  /**
   * A namespace.
   *
   * @param name its name; empty for the workloads that name none
   * @param bound the standard that its policies correspond to, SELinux and AppArmor left aside:
   *     that of the laxest that may be used; null when none may
   * @param accounts its service accounts, by name
   * @param controllers the controllers of the cluster that may use policies on its behalf which
   *     some service account may not
   * @param enforce the level to enforce
   * @param decision why
   * @param labels the labels to set, in order; none where somebody has to decide first
   * @param labelled the Pod Security labels that it has now
   * @param workloads those in it, in the order of the inputs
   */
  public record Namespace(
      String name,
      @Nullable Level bound,
      List<Account> accounts,
      List<Account> controllers,
      Level enforce,
      Decision decision,
      Map<String, String> labels,
      Map<String, String> labelled,
      List<Workload> workloads) {
    /** Copies the lists; the maps are kept in their order. */
    public Namespace {
      accounts = List.copyOf(accounts);
      controllers = List.copyOf(controllers);
      workloads = List.copyOf(workloads);
    }

    /** {@return the workloads that this level refuses} */
    public List<Workload> refusedAt(Level level) {
      return workloads.stream().filter(workload -> level.stricterThan(workload.passes())).toList();
    }

    /** {@return one level up, or restricted} */
    public Level next() {
      return enforce == Level.PRIVILEGED ? Level.BASELINE : Level.RESTRICTED;
    }

    /** {@return whether somebody has to decide or do something before its policies can go} */
    boolean undecided() {
      return name.isEmpty()
          || decision == Decision.UNKNOWN
          || (bound != null && !refusedAt(bound).isEmpty())
          || !refusedAt(enforce).isEmpty()
          || workloads.stream()
              .anyMatch(workload -> workload.edits().stream().anyMatch(Edit::certain));
    }
  }

  /** Why a namespace gets its level. */
  public enum Decision {
    /** Its policies correspond to the level, and no workload is refused there. */
    POLICIES,
    /** Its policies correspond to more, but some workload would be refused there. */
    WORKLOADS,
    /** No policy may be used, and no workload is refused at the level. */
    WORKLOADS_ALONE,
    /** It enforces the level now. */
    LABELS,
    /** No policy may be used, and there is no workload. */
    UNKNOWN
  }

  /**
   * Who may use policies.
   *
   * @param name of a service account in the namespace, or a whole user name
   * @param policies by name
   */
  public record Account(String name, List<String> policies) {
    /** Copies the list. */
    public Account {
      policies = List.copyOf(policies);
    }
  }

  /**
   * A workload.
   *
   * @param title kind and name
   * @param file the file it stands in
   * @param line the line it starts at, from 1; 0 when that means nothing
   * @param account its service account
   * @param passes the strictest level that allows it unchanged
   * @param remedies what makes it pass, by level from {@code passes} on
   * @param edits what policies fill in today
   */
  public record Workload(
      String title,
      String file,
      int line,
      String account,
      Level passes,
      Map<Level, List<Remedy>> remedies,
      List<Edit> edits) {
    /** Copies the collections. */
    public Workload {
      remedies = Map.copyOf(remedies);
      edits = List.copyOf(edits);
    }

    /** {@return what makes it pass at this level} */
    public List<Remedy> remedies(Level level) {
      return remedies.getOrDefault(level, List.of());
    }
  }

  /**
   * What to do about one check.
   *
   * @param check its id
   * @param risk what it may cost
   * @param effect what may stop working, or what is to be decided
   * @param options what there is to choose from
   */
  public record Remedy(String check, Risk risk, String effect, List<String> options) {
    /** Copies the list. */
    public Remedy {
      options = List.copyOf(options);
    }
  }

  /**
   * A value that policies fill in and the manifest leaves out.
   *
   * @param where the field, and of which containers
   * @param value as JSON
   * @param policies that fill it in
   * @param certain whether all policies do that may admit the workload
   */
  public record Edit(String where, String value, List<String> policies, boolean certain) {
    /** Copies the list. */
    public Edit {
      policies = List.copyOf(policies);
    }
  }
}
