package dev.portcullis.advice.migrate;

import dev.portcullis.admission.NamespacePolicySource;
import dev.portcullis.advice.migrate.MigrationReport.Decision;
import dev.portcullis.advice.migrate.psp.Account;
import dev.portcullis.advice.migrate.psp.Mutation;
import dev.portcullis.advice.migrate.psp.PolicyGrants;
import dev.portcullis.advice.migrate.psp.PolicyVerdict;
import dev.portcullis.advice.migrate.psp.RbacBinding;
import dev.portcullis.advice.migrate.psp.StandardMapping;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.Level;
import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.PolicyLabels;
import dev.portcullis.policy.Version;
import dev.portcullis.policy.pod.PodView;
import dev.portcullis.policy.remedy.Plan;
import dev.portcullis.policy.remedy.Remedies;
import dev.portcullis.policy.remedy.Risk;
import dev.portcullis.report.Skipped;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides what takes the place of PodSecurityPolicies.
 *
 * <p>A namespace may today whatever the laxest policy allows that its service accounts, or the
 * controllers that create its pods, may use. The standard that policy corresponds to is the
 * strictest that can be enforced without asking anybody; if a known workload would be refused
 * there, it is the strictest that refuses none.
 */
public final class Migration {
  private static final Map<String, String> CONTROLLERS =
      Map.of(
          "Deployment", "replicaset-controller",
          "ReplicaSet", "replicaset-controller",
          "ReplicationController", "replication-controller",
          "StatefulSet", "statefulset-controller",
          "DaemonSet", "daemon-set-controller",
          "Job", "job-controller",
          "CronJob", "job-controller");

  /** The group of a namespace's service accounts begins with this. */
  private static final String ACCOUNTS_OF = "system:serviceaccounts:";

  private final MigrationSources sources;
  private final Version version;
  private final Evaluator evaluator;
  private final Remedies remedies;
  private final PolicyGrants grants;
  private final Map<String, PolicyVerdict> verdicts = new LinkedHashMap<>();
  private final Map<String, List<Mutation>> mutations = new LinkedHashMap<>();

  private Migration(MigrationSources sources, Evaluator evaluator, Version version) {
    this.sources = sources;
    this.version = version;
    this.evaluator = evaluator;
    this.remedies = Remedies.of(evaluator);
    this.grants = new PolicyGrants(sources.roles(), sources.bindings());
    sources
        .policies()
        .forEach((name, policy) -> {
          verdicts.put(name, StandardMapping.of(policy));
          mutations.put(name, Mutation.of(policy));
        });
  }

  /**
   * {@return what to do about these policies}
   *
   * @param version that of the levels to set
   */
  public static MigrationReport of(MigrationSources sources, Evaluator evaluator, Version version) {
    return new Migration(sources, evaluator, version).report();
  }

  private MigrationReport report() {
    var policies = new ArrayList<MigrationReport.Policy>();
    verdicts.forEach((name, verdict) ->
        policies.add(
            new MigrationReport.Policy(
                verdict.policy().file(),
                sources.line(verdict.policy().line()),
                verdict,
                mutations.getOrDefault(name, List.of()),
                grants.uses(name),
                sources.unknownFields(name))));
    var workloads = new TreeMap<String, List<WorkloadFacts>>();
    for (WorkloadFacts workload : sources.workloads()) {
      workloads.computeIfAbsent(workload.namespace(), key -> new ArrayList<>()).add(workload);
    }
    var namespaces = new ArrayList<MigrationReport.Namespace>();
    for (String name : namespaceNames(workloads.keySet())) {
      namespaces.add(namespace(name, workloads.getOrDefault(name, List.of())));
    }
    if (workloads.containsKey("")) {
      namespaces.add(namespace("", workloads.getOrDefault("", List.of())));
    }
    return new MigrationReport(version, policies, namespaces, notes());
  }

  private Set<String> namespaceNames(Set<String> ofWorkloads) {
    var names = new TreeSet<>(sources.namespaces().keySet());
    names.addAll(sources.accounts().keySet());
    names.addAll(ofWorkloads);
    for (RbacBinding binding : grants.bindings()) {
      names.add(binding.namespace());
      for (RbacBinding.Subject subject : binding.subjects()) {
        names.add(subject.namespace());
        if (subject.kind().equals("Group") && subject.name().startsWith(ACCOUNTS_OF)) {
          names.add(subject.name().substring(ACCOUNTS_OF.length()));
        }
      }
    }
    names.remove("");
    return names;
  }

  private List<String> notes() {
    var notes = new ArrayList<>(sources.notes());
    for (Skipped skipped : sources.skipped()) {
      notes.add(
          "skipped "
              + skipped.file()
              + (sources.line(skipped.line()) == 0 ? "" : ":" + skipped.line())
              + ", which was not judged: "
              + skipped.reason());
    }
    for (String unknown : grants.unknownRoles()) {
      notes.add(unknown + ", which is not among the inputs: what it grants is not known");
    }
    for (String name : grants.named()) {
      if (!verdicts.containsKey(name)) {
        notes.add("PodSecurityPolicy " + name + " may be used, but is not among the inputs");
      }
    }
    if (verdicts.isEmpty()) {
      notes.add("there is no PodSecurityPolicy among the inputs");
    }
    return notes;
  }

  private MigrationReport.Namespace namespace(String name, List<WorkloadFacts> facts) {
    var accounts = new ArrayList<MigrationReport.Account>();
    var controllers = new ArrayList<MigrationReport.Account>();
    var usable = new TreeSet<String>();
    if (!name.isEmpty()) {
      for (String account : accountNames(name, facts)) {
        accounts.add(
            new MigrationReport.Account(
                account, usable(Account.serviceAccount(name, account), name)));
      }
      for (Account controller : controllers(facts)) {
        List<String> policies = usable(controller, name);
        boolean more =
            accounts.stream().anyMatch(account -> !account.policies().containsAll(policies));
        if (more) {
          controllers.add(new MigrationReport.Account(controller.user(), policies));
        }
      }
      accounts.forEach(account -> usable.addAll(account.policies()));
      controllers.forEach(account -> usable.addAll(account.policies()));
    }
    var workloads = new ArrayList<MigrationReport.Workload>();
    Level passed = Level.RESTRICTED;
    for (WorkloadFacts workload : facts) {
      MigrationReport.Workload judged = workload(workload, name);
      workloads.add(judged);
      passed = passed.stricterThan(judged.passes()) ? judged.passes() : passed;
    }
    Level bound = bound(usable);
    Map<String, String> labelled = labelled(name);
    return decided(name, bound, accounts, controllers, passed, labelled, workloads);
  }

  private MigrationReport.Namespace decided(
      String name,
      @Nullable Level bound,
      List<MigrationReport.Account> accounts,
      List<MigrationReport.Account> controllers,
      Level passed,
      Map<String, String> labelled,
      List<MigrationReport.Workload> workloads) {
    Level enforce;
    Decision decision;
    if (bound != null) {
      decision = bound.stricterThan(passed) ? Decision.WORKLOADS : Decision.POLICIES;
      enforce = decision == Decision.WORKLOADS ? passed : bound;
    } else if (workloads.isEmpty()) {
      decision = Decision.UNKNOWN;
      enforce = Level.PRIVILEGED;
    } else {
      decision = Decision.WORKLOADS_ALONE;
      enforce = passed;
    }
    Level now = Level.parse(labelled.getOrDefault(PolicyLabels.ENFORCE, ""));
    if (now != null && now.stricterThan(enforce)) {
      decision = Decision.LABELS;
      enforce = now;
    }
    return new MigrationReport.Namespace(
        name,
        bound,
        accounts,
        controllers,
        enforce,
        decision,
        name.isEmpty() || decision == Decision.UNKNOWN ? Map.of() : labels(enforce, labelled),
        labelled,
        workloads);
  }

  /** {@return the labels to set}; none is laxer than what is there. */
  private Map<String, String> labels(Level enforce, Map<String, String> labelled) {
    Level next = enforce == Level.PRIVILEGED ? Level.BASELINE : Level.RESTRICTED;
    var labels = new LinkedHashMap<String, String>();
    for (Mode mode : Mode.values()) {
      Level level = mode == Mode.ENFORCE ? enforce : next;
      Level now = Level.parse(labelled.getOrDefault(PolicyLabels.level(mode), ""));
      level = now != null && now.stricterThan(level) ? now : level;
      labels.put(PolicyLabels.level(mode), level.toString());
      labels.put(PolicyLabels.version(mode), version.toString());
    }
    return labels;
  }

  private Map<String, String> labelled(String namespace) {
    var labelled = new TreeMap<String, String>();
    sources
        .namespaces()
        .getOrDefault(namespace, Map.of())
        .forEach((key, value) -> {
          if (NamespacePolicySource.POD_SECURITY.counts(key)) {
            labelled.put(key, value);
          }
        });
    return labelled;
  }

  private Set<String> accountNames(String namespace, List<WorkloadFacts> workloads) {
    var names = new TreeSet<>(sources.accounts().getOrDefault(namespace, Set.of()));
    names.add("default");
    workloads.forEach(workload -> names.add(workload.account()));
    String prefix = Account.serviceAccount(namespace, "").user();
    for (RbacBinding binding : grants.bindings()) {
      for (RbacBinding.Subject subject : binding.subjects()) {
        if (!subject.kind().equals("Group") && subject.identity().startsWith(prefix)) {
          names.add(subject.identity().substring(prefix.length()));
        }
      }
    }
    return names;
  }

  private static List<Account> controllers(List<WorkloadFacts> workloads) {
    var names = new TreeSet<String>();
    for (WorkloadFacts workload : workloads) {
      String controller = CONTROLLERS.get(workload.kind());
      if (controller != null) {
        names.add(controller);
      }
    }
    var controllers = new ArrayList<Account>();
    names.forEach(name -> controllers.add(Account.serviceAccount("kube-system", name)));
    if (!names.isEmpty()) {
      controllers.add(Account.CONTROLLER_MANAGER);
    }
    return controllers;
  }

  private List<String> usable(Account account, String namespace) {
    return verdicts.keySet().stream()
        .filter(policy -> grants.allows(account, namespace, policy))
        .toList();
  }

  private @Nullable Level bound(Set<String> policies) {
    Level bound = null;
    for (String policy : policies) {
      PolicyVerdict verdict = verdicts.get(policy);
      if (verdict != null && (bound == null || bound.stricterThan(verdict.intended()))) {
        bound = verdict.intended();
      }
    }
    return bound;
  }

  private MigrationReport.Workload workload(WorkloadFacts facts, String namespace) {
    Level passes = Level.PRIVILEGED;
    var byLevel = new EnumMap<Level, List<MigrationReport.Remedy>>(Level.class);
    for (Level level : List.of(Level.BASELINE, Level.RESTRICTED)) {
      var at = new LevelVersion(level, version);
      if (evaluator.evaluate(at, facts.pod()).allowed()) {
        passes = byLevel.isEmpty() ? level : passes;
      } else {
        byLevel.put(level, remedies(at, facts.pod()));
      }
    }
    return new MigrationReport.Workload(
        facts.title(),
        facts.file(),
        sources.line(facts.line()),
        facts.account(),
        passes,
        byLevel,
        namespace.isEmpty() ? List.of() : FilledIn.edits(facts, candidates(facts, namespace)));
  }

  private List<MigrationReport.Remedy> remedies(LevelVersion at, PodView pod) {
    Plan plan = remedies.plan(at, pod, Risk.MAY_BREAK);
    var all = new LinkedHashSet<MigrationReport.Remedy>();
    for (var remedies : List.of(plan.applied(), plan.left())) {
      for (var remedy : remedies) {
        all.add(
            new MigrationReport.Remedy(
                remedy.check(), remedy.risk(), remedy.effect(), remedy.options()));
      }
    }
    return List.copyOf(all);
  }

  /** {@return what each policy fills in that may admit the workload's pods} */
  private Map<String, List<Mutation>> candidates(WorkloadFacts facts, String namespace) {
    var policies =
        new TreeSet<>(usable(Account.serviceAccount(namespace, facts.account()), namespace));
    for (Account controller : controllers(List.of(facts))) {
      policies.addAll(usable(controller, namespace));
    }
    var candidates = new TreeMap<String, List<Mutation>>();
    policies.forEach(policy -> candidates.put(policy, mutations.getOrDefault(policy, List.of())));
    return candidates;
  }
}
