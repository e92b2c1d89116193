package dev.portcullis.admission;

import dev.portcullis.admission.PodLister.PodListException;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.GoText;
import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.Verdict;
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

  /** So many pods wait for the end of the list; what comes after them is judged at once. */
  private static final int MAX_WAITING = 20_000;

  private static final String NOT_LISTED =
      "failed to list pods while checking new PodSecurity enforce level";

  private final Evaluator evaluator;
  private final Exemptions exemptions;
  private final PodLister pods;

  ExistingPods(Evaluator evaluator, Exemptions exemptions, PodLister pods) {
    this.evaluator = evaluator;
    this.exemptions = exemptions;
    this.pods = pods;
  }

  /**
   * {@return what to tell of the pods in this namespace}; takes a second, or half of the time left
   * if that is less.
   */
  List<String> warnings(String namespace, LevelVersion enforce, Deadline deadline) {
    Deadline budget = deadline.sooner(Math.min(BUDGET_NANOS, deadline.remaining() / 2));
    boolean nameable = namespace.isEmpty() || PathSegment.fault(namespace) == null;
    if (!nameable || budget.expired()) {
      return List.of(NOT_LISTED);
    }
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

  /** Pods that violate the level for the same reasons. */
  private static final class Group {
    int count;
    String first = "";

    void add(String name) {
      if (count++ == 0 || GoText.BYTE_ORDER.compare(name, first) < 0) {
        first = name;
      }
    }

    String line(String reasons) {
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
        String controller = pod.controllerUid();
        if (controller == null || controllers.add(controller) || waiting.size() >= MAX_WAITING) {
          check(pod);
        } else {
          waiting.add(pod);
        }
      }
      return !stopped;
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
      if (checked < all) {
        warnings.add(
            "new PodSecurity enforce level only checked against the first "
                + checked
                + " of "
                + all
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
      groups.forEach((reasons, group) -> lines.add(group.line(reasons)));
      lines.sort(GoText.BYTE_ORDER);
      warnings.addAll(lines);
      return warnings;
    }
  }
}
