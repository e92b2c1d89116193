package dev.portcullis.advice.fix;

import dev.portcullis.advice.fix.FixedWorkload.Done;
import dev.portcullis.advice.fix.FixedWorkload.Left;
import dev.portcullis.manifests.ManifestFile;
import dev.portcullis.manifests.ManifestReader;
import dev.portcullis.manifests.PodPath.Fidelity;
import dev.portcullis.manifests.Workload;
import dev.portcullis.manifests.edit.EditException;
import dev.portcullis.manifests.edit.ManifestEditor;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.Verdict;
import dev.portcullis.policy.remedy.Edit;
import dev.portcullis.policy.remedy.Plan;
import dev.portcullis.policy.remedy.Remedies;
import dev.portcullis.policy.remedy.Remedy;
import dev.portcullis.policy.remedy.Risk;
import dev.portcullis.report.CertainViolations;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Repairs the text of a manifest file as far as a risk allows.
 *
 * <p>One edit at a time: plan, edit, read again, plan again, until there is nothing to plan or what
 * is planned cannot be written. What is read at the end decides what is reported as left. Immutable
 * and thread-safe.
 */
public final class Fixer {
  /**
   * A file that needs more is repaired by another run; reading it again for each edit has its
   * price.
   */
  private static final int MAX_EDITS = 2_000;

  private static final String WAITS =
      "it would be refused all the same until the rest is decided; --partial edits it now";

  private final Evaluator evaluator;
  private final Remedies remedies;
  private final Risk most;
  private final boolean partial;
  private final ManifestReader reader = new ManifestReader();
  private final ManifestEditor editor = new ManifestEditor(reader);

  /**
   * A fixer for what this evaluator objects to.
   *
   * @param most how far to go
   * @param partial whether to go that far too where something else is left to a decision; otherwise
   *     only safe edits are made there, as the workload will not pass anyway
   */
  public Fixer(Evaluator evaluator, Risk most, boolean partial) {
    this.evaluator = evaluator;
    this.remedies = Remedies.of(evaluator);
    this.most = most;
    this.partial = partial;
  }

  /**
   * {@return the file repaired}
   *
   * @param content its bytes
   * @param file the same, as read
   * @param demands the levels and versions that a workload has to pass at
   */
  public FixedFile fix(
      byte[] content, ManifestFile file, Function<Workload, List<LevelVersion>> demands) {
    String before = file.source().text();
    String template = file.skipped().isEmpty() ? "" : templateIn(file);
    ManifestFile now = file;
    var workloads = new ArrayList<FixedWorkload>();
    int edits = 0;
    for (int i = 0; i < file.workloads().size(); i++) {
      var run =
          new Run(now, i, List.copyOf(new LinkedHashSet<>(demands.apply(now.workloads().get(i)))));
      run.refuseAll = template.isEmpty() ? templateIn(run.workload()) : template;
      edits = run.edit(edits);
      now = run.now;
      FixedWorkload result = run.result();
      if (!result.done().isEmpty() || !result.left().isEmpty()) {
        workloads.add(result);
      }
    }
    String problem = problem(content, before, now, file);
    return new FixedFile(
        file.name(), before, problem.isEmpty() ? now.source().text() : before, workloads, problem);
  }

  /** {@return the bytes of the repaired text, in the encoding of the original} */
  public static byte[] encode(byte[] original, String text) {
    return text.getBytes(charset(original));
  }

  private static Charset charset(byte[] bytes) {
    if (bytes.length >= 2 && bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE) {
      return StandardCharsets.UTF_16LE;
    }
    return bytes.length >= 2 && bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF
        ? StandardCharsets.UTF_16BE
        : StandardCharsets.UTF_8;
  }

  /**
   * {@return why the result must not be written, or nothing}: what will be read back is what was
   * promised.
   */
  private String problem(byte[] content, String before, ManifestFile now, ManifestFile file) {
    if (!Arrays.equals(encode(content, before), content)) {
      return "its bytes could not be kept unchanged";
    }
    ManifestFile again = reader.read(file.name(), encode(content, now.source().text()));
    boolean same =
        again.workloads().size() == file.workloads().size() && again.errors().equals(now.errors());
    for (int i = 0; same && i < again.workloads().size(); i++) {
      same = again.workloads().get(i).pod().equals(now.workloads().get(i).pod());
    }
    return same ? "" : "the edited text did not read as promised";
  }

  private static String templateIn(ManifestFile file) {
    return file.skipped().stream()
        .map(skipped -> skipped.reason())
        .filter(reason -> reason.startsWith("a template"))
        .findFirst()
        .map(reason -> "the file holds " + reason)
        .orElse("");
  }

  private static String templateIn(Workload workload) {
    var root = workload.object().root();
    String text = workload.object().source().text().substring(root.start(), root.end());
    return text.contains("{{") || text.contains("{%")
        ? "it holds {{ or {%, as a template that was not rendered"
        : "";
  }

  /** One workload's way through the edits. */
  private final class Run {
    private final int index;
    private final List<LevelVersion> levels;
    private final Map<Edit, String> refused = new LinkedHashMap<>();
    private final Map<String, Done> done = new LinkedHashMap<>();
    private ManifestFile now;
    private final boolean heldBack;
    private String refuseAll = "";

    Run(ManifestFile file, int index, List<LevelVersion> levels) {
      this.now = file;
      this.index = index;
      this.levels = levels;
      this.heldBack = !partial && most.above(Risk.SAFE) && needsDecision();
    }

    private boolean needsDecision() {
      for (LevelVersion at : levels) {
        for (Remedy remedy : remedies.plan(at, workload().pod(), most).left()) {
          if (remedy.risk() == Risk.DECISION) {
            return true;
          }
        }
      }
      return false;
    }

    Workload workload() {
      return now.workloads().get(index);
    }

    /** {@return how many edits the file has had}, {@code before} of them before this workload's. */
    int edit(int before) {
      int edits = before;
      while (refuseAll.isEmpty() && edits < MAX_EDITS && step()) {
        edits++;
      }
      if (edits == MAX_EDITS && refuseAll.isEmpty()) {
        refuseAll = "this file has had " + MAX_EDITS + " edits; run again";
      }
      return edits;
    }

    private Risk limit() {
      return heldBack ? Risk.SAFE : most;
    }

    /** {@return whether there was an edit that could be made} */
    private boolean step() {
      if (completedElsewhere()) {
        return false;
      }
      for (LevelVersion at : levels) {
        for (Remedy remedy : remedies.plan(at, workload().pod(), limit()).applied()) {
          for (Edit edit : remedy.edits()) {
            if (refusal(edit) == null && make(remedy, edit)) {
              return true;
            }
          }
        }
      }
      return false;
    }

    private boolean make(Remedy remedy, Edit edit) {
      try {
        now = editor.apply(now, index, edit);
      } catch (EditException impossible) {
        refused.put(edit, String.valueOf(impossible.getMessage()));
        return false;
      }
      done.merge(
          remedy.check() + remedy.risk(),
          new Done(remedy.check(), remedy.risk(), remedy.effect(), 1),
          (a, b) -> new Done(a.check(), a.risk(), a.effect(), a.edits() + 1));
      return true;
    }

    /**
     * {@return why this edit, or the one that makes what it stands in, cannot be made; null when it
     * was not tried}
     */
    private @Nullable String refusal(Edit edit) {
      for (var entry : refused.entrySet()) {
        List<String> path = entry.getKey().path();
        if (entry.getKey().equals(edit)
            || (path.size() < edit.path().size()
                && edit.path().subList(0, path.size()).equals(path))) {
          return entry.getValue();
        }
      }
      return null;
    }

    /** What an operator fills in is not ours to write. */
    private boolean completedElsewhere() {
      return workload().template().fidelity() == Fidelity.COMPLETED;
    }

    /** What is stated and violates; what is missing, the operator may add. */
    private void leftToTheOperator(LevelVersion at, Set<Left> left) {
      var certain = CertainViolations.of(workload(), evaluator.evaluate(at, workload().pod()));
      for (Verdict.Violation violation : certain.violations()) {
        left.add(
            new Left(
                violation.check().id(),
                Risk.DECISION,
                violation.result().reason(),
                "an operator completes this pod: " + workload().type().note(),
                List.of()));
      }
    }

    FixedWorkload result() {
      var left = new LinkedHashSet<Left>();
      for (LevelVersion at : levels) {
        if (completedElsewhere()) {
          leftToTheOperator(at, left);
          continue;
        }
        Plan plan = remedies.plan(at, workload().pod(), limit());
        for (Remedy remedy : plan.applied()) {
          left.add(
              new Left(
                  remedy.check(),
                  remedy.risk(),
                  remedy.effect(),
                  refusal(remedy),
                  remedy.options()));
        }
        for (Remedy remedy : plan.left()) {
          boolean waits = heldBack && remedy.risk() == Risk.MAY_BREAK;
          left.add(
              new Left(
                  remedy.check(),
                  remedy.risk(),
                  remedy.effect(),
                  waits ? WAITS : "",
                  remedy.options()));
        }
      }
      String name = workload().name();
      String title = workload().kind() + (name == null ? "" : "/" + name);
      if (workload().oneOfSeveral()) {
        title += " (" + workload().podPath() + ")";
      }
      return new FixedWorkload(
          workload().line(), title, List.copyOf(done.values()), List.copyOf(left));
    }

    private String refusal(Remedy remedy) {
      for (Edit edit : remedy.edits()) {
        String reason = refusal(edit);
        if (reason != null) {
          return reason;
        }
      }
      return refuseAll;
    }
  }
}
