package dev.portcullis.policy.remedy;

import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.Verdict;
import dev.portcullis.policy.pod.PodView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Plans how a pod can be made to pass.
 *
 * <p>A plan's edits never touch what the checks do not object to, and applying a plan twice changes
 * nothing: after the first time there is nothing left to plan. Immutable and thread-safe.
 */
public final class Remedies {
  private static final Map<String, RemedyRule> BY_CHECK =
      Map.ofEntries(
          Map.entry("allowPrivilegeEscalation", new AllowPrivilegeEscalationRemedy()),
          Map.entry("appArmorProfile", new AppArmorProfileRemedy()),
          Map.entry("capabilities_baseline", new CapabilitiesBaselineRemedy()),
          Map.entry("capabilities_restricted", new CapabilitiesRestrictedRemedy()),
          Map.entry("hostNamespaces", new HostNamespacesRemedy()),
          Map.entry("hostPathVolumes", new VolumesRemedy()),
          Map.entry("hostPorts", new HostPortsRemedy()),
          Map.entry("hostProbesAndHostLifecycle", new HostProbesAndHostLifecycleRemedy()),
          Map.entry("privileged", new PrivilegedRemedy()),
          Map.entry("procMount", new ProcMountRemedy()),
          Map.entry("procMount_restricted", new ProcMountRemedy()),
          Map.entry("restrictedVolumes", new VolumesRemedy()),
          Map.entry("runAsNonRoot", new RunAsNonRootRemedy()),
          Map.entry("runAsUser", new RunAsUserRemedy()),
          Map.entry("seLinuxOptions", new SeLinuxRemedy()),
          Map.entry("seccompProfile_baseline", new SeccompProfileBaselineRemedy()),
          Map.entry("seccompProfile_restricted", new SeccompProfileRestrictedRemedy()),
          Map.entry("sysctls", new SysctlsRemedy()),
          Map.entry("windowsHostProcess", new WindowsHostProcessRemedy()));

  private final Evaluator evaluator;

  private Remedies(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  /** {@return remedies for what this evaluator objects to} */
  public static Remedies of(Evaluator evaluator) {
    return new Remedies(evaluator);
  }

  /**
   * {@return what to do so that the pod passes at this level and version}, as far as {@code most}
   * risk goes.
   */
  public Plan plan(LevelVersion at, PodView pod, Risk most) {
    var applied = new ArrayList<Remedy>();
    var left = new ArrayList<Remedy>();
    var patch = new Patch(pod);
    for (Verdict.Violation violation : evaluator.evaluate(at, pod).violations()) {
      String check = violation.check().id();
      for (Proposal proposal : proposals(check, pod, violation)) {
        boolean apply = proposal.risk() != Risk.DECISION && !proposal.risk().above(most);
        List<Edit> edits = apply ? patch.edits(proposal.changes()) : List.of();
        (apply ? applied : left)
            .add(new Remedy(check, proposal.risk(), edits, proposal.effect(), proposal.options()));
      }
    }
    return new Plan(applied, left);
  }

  /**
   * {@return the edits that fill fields left unset, and nothing else}: for a program that changes
   * pods unasked.
   *
   * <p>No edit replaces, removes or extends what somebody set. Left out is also what an API server
   * could refuse beside what is set: {@code allowPrivilegeEscalation: false} with SYS_ADMIN, and a
   * seccomp field with seccomp annotations. What is left is not listed.
   */
  public Plan additions(LevelVersion at, PodView pod, Risk most) {
    Verdict verdict = evaluator.evaluate(at, pod);
    if (verdict.allowed()) {
      return new Plan(List.of(), List.of());
    }
    var applied = new ArrayList<Remedy>();
    var patch = new Patch(pod);
    for (Verdict.Violation violation : verdict.violations()) {
      String check = violation.check().id();
      for (Proposal proposal : proposals(check, pod, violation)) {
        if (proposal.risk() == Risk.DECISION
            || proposal.risk().above(most)
            || clashes(check, proposal, pod)) {
          continue;
        }
        var unset = new ArrayList<Change>();
        for (Change change : proposal.changes()) {
          if (change instanceof Change.Assign assign
              && !assign.present()
              && !assign.path().getLast().equals("-")) {
            unset.add(change);
          }
        }
        if (!unset.isEmpty()) {
          applied.add(
              new Remedy(
                  check,
                  proposal.risk(),
                  patch.edits(unset),
                  proposal.effect(),
                  proposal.options()));
        }
      }
    }
    return new Plan(applied, List.of());
  }

  private static boolean clashes(String check, Proposal proposal, PodView pod) {
    return switch (check) {
      case "allowPrivilegeEscalation" -> proposal.risk() != Risk.SAFE;
      case "seccompProfile_restricted" ->
          pod.annotations().keySet().stream()
              .anyMatch(key -> !key.startsWith(PodView.APPARMOR_ANNOTATION));
      default -> false;
    };
  }

  private static List<Proposal> proposals(String check, PodView pod, Verdict.Violation violation) {
    RemedyRule remedial = BY_CHECK.get(check);
    if (remedial == null) {
      return List.of(
          Proposal.decision("Portcullis knows no remedy for this check.", "Read what it demands."));
    }
    return remedial.proposals(pod, violation.result().fields());
  }
}
