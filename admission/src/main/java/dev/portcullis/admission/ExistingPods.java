package dev.portcullis.admission;

import dev.portcullis.admission.PodLister.PodListException;
import dev.portcullis.admission.config.Exemptions;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.GoText;
import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.Verdict;
import dev.portcullis.policy.pod.Capabilities;
import dev.portcullis.policy.pod.ContainerView;
import dev.portcullis.policy.pod.PodView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The pods that a namespace already has, tried against a stricter level. Pages are judged as they
 * come; of each controller only the first pod at once, the others, which are most likely its like,
 * when all pages are through.
 */
final class ExistingPods {
  private static final long BUDGET_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** So many bytes of pods wait for the end of the list; what is beyond them is judged at once. */
  private static final long MAX_WAITING = 16L << 20;

  /** An owner's uid is a UUID; a longer one is not kept. */
  private static final int MAX_UID = 64;

  /** Lists that run at once. */
  private static final int MAX_LISTS = 4;

  private static final String NOT_LISTED =
      "failed to list pods while checking new PodSecurity enforce level";

  private final Evaluator evaluator;
  private final Exemptions exemptions;
  private final PodLister pods;
  private final PodNames names;
  private final ListGate gate = new ListGate(MAX_LISTS);

  ExistingPods(Evaluator evaluator, Exemptions exemptions, PodLister pods, PodNames names) {
    this.evaluator = evaluator;
    this.exemptions = exemptions;
    this.pods = pods;
    this.names = names;
  }

  /**
   * {@return what to tell of the pods in this namespace}; takes a second, or half of the time left
   * if that is less.
   */
  List<String> warnings(String namespace, LevelVersion enforce, Deadline deadline) {
    Deadline budget = deadline.sooner(Math.min(BUDGET_NANOS, deadline.remaining() / 2));
    if (PathSegment.fault(namespace) != null
        || budget.expired()
        || !gate.enter(namespace, budget)) {
      return List.of(NOT_LISTED);
    }
    try {
      return list(namespace, enforce, budget);
    } finally {
      gate.leave(namespace);
    }
  }

  private List<String> list(String namespace, LevelVersion enforce, Deadline budget) {
    var run = new DryRun(enforce, budget);
    try {
      pods.list(namespace, budget, run);
    } catch (PodListException e) {
      if (run.checked == 0 || run.remaining < 0) {
        return List.of(NOT_LISTED);
      }
      run.stopped = true;
    }
    run.finish();
    return run.report(namespace);
  }

  /** {@return how many bytes the pod takes while it waits, roughly} */
  private static long weight(PodView pod) {
    long weight = 512L + pod.name().length() + pod.namespace().length();
    for (Map.Entry<String, String> annotation : pod.annotations().entrySet()) {
      weight += 64L + annotation.getKey().length() + annotation.getValue().length();
    }
    for (int i = 0; i < pod.volumes().size(); i++) {
      weight += 64L + pod.volumes().get(i).name().length();
    }
    for (String sysctl : pod.securityContext().sysctls()) {
      weight += 64L + sysctl.length();
    }
    for (int i = 0; i < pod.containers().size(); i++) {
      weight += weight(pod.containers().get(i));
    }
    return weight;
  }

  private static long weight(ContainerView container) {
    long weight = 256L + container.name().length() + container.image().length();
    weight += 32L * container.hostPorts().size();
    for (ContainerView.HandlerHost host : container.handlerHosts()) {
      weight += 64L + host.host().length();
    }
    Capabilities capabilities = container.securityContext().capabilities();
    if (capabilities != null) {
      for (String capability : capabilities.add()) {
        weight += 64L + capability.length();
      }
      for (String capability : capabilities.drop()) {
        weight += 64L + capability.length();
      }
    }
    return weight;
  }

  /** Pods that violate the level for the same reasons. */
  private static final class Group {
    int count;
    String first = "";

    void add(String name) {
      if (count++ == 0 || GoText.BYTE_ORDER.compare(name, first) < 0) {
        first = name;
      }
    }

    String line(String reasons, PodNames names) {
      if (names == PodNames.COUNTED) {
        return count + (count == 1 ? " pod: " : " pods: ") + reasons;
      }
      String others =
          switch (count) {
            case 1 -> "";
            case 2 -> " (and 1 other pod)";
            default -> " (and " + (count - 1) + " other pods)";
          };
      return first + others + ": " + reasons;
    }
  }

  private final class DryRun implements PodLister.Page {
    private final LevelVersion enforce;
    private final Deadline budget;
    private final Set<String> controllers = new HashSet<>();
    private final List<PodView> waiting = new ArrayList<>();
    private final Map<String, Group> groups = new HashMap<>();
    private long waitingBytes;
    private long checked;
    private long total;
    private long remaining;
    private boolean stopped;

    DryRun(LevelVersion enforce, Deadline budget) {
      this.enforce = enforce;
      this.budget = budget;
    }

    @Override
    public boolean accept(List<PodView> page, long remaining) {
      this.remaining = remaining;
      for (PodView pod : page) {
        if (exemptions.runtimeClass(pod.runtimeClassName())) {
          continue;
        }
        total++;
        if (isFirst(pod) || waitingBytes >= MAX_WAITING) {
          check(pod);
        } else {
          waiting.add(pod);
          waitingBytes += weight(pod);
        }
      }
      return !stopped;
    }

    /** {@return whether this is the first pod of its controller, as far as that is known} */
    private boolean isFirst(PodView pod) {
      String controller = pod.controllerUid();
      return controller == null || controller.length() > MAX_UID || controllers.add(controller);
    }

    void finish() {
      for (PodView pod : waiting) {
        check(pod);
      }
    }

    private void check(PodView pod) {
      if (stopped) {
        return;
      }
      Verdict verdict = evaluator.evaluate(enforce, pod);
      checked++;
      if (!verdict.allowed()) {
        groups.computeIfAbsent(verdict.reason(), reasons -> new Group()).add(pod.name());
      }
      stopped = budget.expired();
    }

    List<String> report(String namespace) {
      var warnings = new ArrayList<String>(groups.size() + 2);
      long all = total + (stopped ? Math.max(0, remaining) : 0);
      boolean more = stopped && remaining == UNKNOWN;
      if (checked < all || more) {
        warnings.add(
            "new PodSecurity enforce level only checked against the first "
                + checked
                + (more ? "" : " of " + all)
                + " existing pods");
      }
      if (!groups.isEmpty()) {
        warnings.add(
            "existing pods in namespace "
                + GoText.quote(namespace)
                + " violate the new PodSecurity enforce level "
                + GoText.quote(enforce.toString()));
      }
      var lines = new ArrayList<String>(groups.size());
      groups.forEach((reasons, group) -> lines.add(group.line(reasons, names)));
      lines.sort(GoText.BYTE_ORDER);
      warnings.addAll(lines);
      return warnings;
    }
  }
}
