package dev.portcullis.cli;

import dev.portcullis.admission.config.PodSecurityConfiguration;
import dev.portcullis.manifests.ManifestError;
import dev.portcullis.manifests.ManifestFile;
import dev.portcullis.manifests.ManifestNote;
import dev.portcullis.manifests.ManifestReader;
import dev.portcullis.manifests.NamespaceManifest;
import dev.portcullis.manifests.NamespaceNotes;
import dev.portcullis.manifests.Skipped.Cause;
import dev.portcullis.manifests.Workload;
import dev.portcullis.manifests.WorkloadNotes;
import dev.portcullis.manifests.files.InputFile;
import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.PolicyLabels;
import dev.portcullis.report.InputError;
import dev.portcullis.report.Namespaces;
import dev.portcullis.report.Note;
import dev.portcullis.report.PolicyChoice;
import dev.portcullis.report.Report;
import dev.portcullis.report.Result;
import dev.portcullis.report.Skipped;
import dev.portcullis.report.Suppressions;
import dev.portcullis.report.WorkloadEvaluator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * One run of {@code check} over all inputs.
 *
 * <p>A Namespace object may come after the workloads that it judges. So a quick search finds the
 * files that mention Pod Security labels, and these are read for namespaces first. Should a label
 * hide from the search, behind an escape or in UTF-16, the run finds it on its way and is done
 * again. Between the files only results are kept.
 */
final class CheckRun {
  private static final byte[] LABEL = PolicyLabels.PREFIX.getBytes(StandardCharsets.UTF_8);

  private final List<InputFile> inputs;
  private final Contents contents;
  private final PolicyOptions policy;
  private final @Nullable LevelVersion demanded;
  private final @Nullable PodSecurityConfiguration configuration;
  private final ManifestReader reader = new ManifestReader();
  private final AtomicReferenceArray<@Nullable List<NamespaceManifest>> labelled;

  /** What one file came to. */
  private record Outcome(
      List<Result> results, List<Skipped> skipped, List<InputError> errors, List<Note> notes) {}

  /** A report, and what a user should know though it is no error. */
  record Findings(Report report, List<String> notes) {}

  private CheckRun(
      List<InputFile> inputs,
      PolicyOptions policy,
      @Nullable PodSecurityConfiguration configuration) {
    this.inputs = inputs;
    this.contents = new Contents(inputs);
    this.policy = policy;
    this.demanded = policy.demanded();
    this.configuration = configuration;
    this.labelled = new AtomicReferenceArray<>(inputs.size());
  }

  /**
   * Checks everything.
   *
   * @param inputs what to check
   * @param policy what the flags demand
   * @param configuration what {@code --config} says, or null
   * @param progress counts the files
   */
  static Findings over(
      Inputs inputs,
      PolicyOptions policy,
      @Nullable PodSecurityConfiguration configuration,
      Progress progress) {
    return new CheckRun(inputs.found(), policy, configuration).run(inputs, progress);
  }

  private Findings run(Inputs given, Progress progress) {
    if (demanded == null) {
      Parallel.run(inputs.size(), this::findNamespaces);
    }
    Namespaces namespaces = namespaces();
    var outcomes = new Outcome[inputs.size()];
    boolean complete = judgeAll(namespaces, outcomes, progress);
    if (!complete) {
      namespaces = namespaces();
      judgeAll(namespaces, outcomes, progress);
    }
    var results = new ArrayList<Result>();
    var skipped = new ArrayList<>(given.skipped());
    var errors = new ArrayList<>(given.errors());
    errors.addAll(namespaces.errors());
    var inFiles = new ArrayList<>(policy.notes());
    for (Outcome outcome : outcomes) {
      results.addAll(outcome.results());
      skipped.addAll(outcome.skipped());
      errors.addAll(outcome.errors());
      inFiles.addAll(outcome.notes());
    }
    for (String note : namespaces.notes()) {
      inFiles.add(new Note("", 0, 0, note));
    }
    return new Findings(
        new Report(inputs.size(), results, skipped, errors, inFiles), given.notes());
  }

  /** {@return whether every labelled namespace was known beforehand} */
  private boolean judgeAll(Namespaces namespaces, Outcome[] outcomes, Progress progress) {
    Map<String, Policy> policies = namespaces.policies();
    var judge =
        new WorkloadEvaluator(
            new PolicyChoice(demanded, configuration, policies, policy.namespace()));
    var surprises = new AtomicReferenceArray<Boolean>(inputs.size());
    Parallel.run(
        inputs.size(),
        i -> {
          outcomes[i] = judge(i, judge, surprises);
          progress.step();
        });
    for (int i = 0; i < inputs.size(); i++) {
      if (surprises.get(i) != null) {
        return false;
      }
    }
    return true;
  }

  private Outcome judge(
      int input, WorkloadEvaluator judge, AtomicReferenceArray<Boolean> surprises) {
    String name = inputs.get(input).name();
    ManifestFile file;
    try {
      file = reader.readInput(name, contents.last(input));
    } catch (IOException unreadable) {
      return new Outcome(
          List.of(),
          List.of(),
          List.of(new InputError(name, 0, 0, Inputs.problem(unreadable))),
          List.of());
    }
    if (demanded == null && labelled.get(input) == null) {
      List<NamespaceManifest> found = labelled(file);
      if (!found.isEmpty()) {
        labelled.set(input, found);
        surprises.set(input, true);
      }
    }
    var results = new ArrayList<Result>(file.workloads().size());
    for (Workload workload : file.workloads()) {
      results.add(judge.judge(workload));
    }
    var skipped = new ArrayList<Skipped>(file.skipped().size());
    var errors = new ArrayList<InputError>(file.errors().size());
    for (var document : file.skipped()) {
      if (document.cause() == Cause.NOT_SERVED) {
        errors.add(new InputError(name, document.line(), 0, document.reason()));
      } else {
        skipped.add(new Skipped(name, document.document(), document.line(), document.reason()));
      }
    }
    for (ManifestError error : file.errors()) {
      errors.add(new InputError(name, error.line(), error.column(), error.message()));
    }
    return new Outcome(results, skipped, errors, notes(file));
  }

  private static List<Note> notes(ManifestFile file) {
    var notes = new ArrayList<Note>();
    for (Workload workload : file.workloads()) {
      add(notes, file, WorkloadNotes.of(workload));
      notes.addAll(Suppressions.of(workload).notes());
    }
    for (NamespaceManifest namespace : file.namespaces()) {
      add(notes, file, NamespaceNotes.of(namespace));
    }
    return notes;
  }

  private static void add(List<Note> notes, ManifestFile file, List<ManifestNote> found) {
    for (ManifestNote note : found) {
      notes.add(new Note(file.name(), note.line(), note.column(), note.message()));
    }
  }

  private void findNamespaces(int input) {
    try {
      byte[] bytes = contents.first(input);
      if (mentionsLabel(bytes)) {
        labelled.set(input, labelled(reader.read(inputs.get(input).name(), bytes)));
      }
    } catch (IOException reportedWhenItIsJudged) {
      return;
    }
  }

  private static List<NamespaceManifest> labelled(ManifestFile file) {
    return file.namespaces().stream()
        .filter(namespace -> PolicyLabels.present(namespace.labels()))
        .toList();
  }

  private static boolean mentionsLabel(byte[] bytes) {
    int last = bytes.length - LABEL.length;
    for (int i = 0; i <= last; i++) {
      if (bytes[i] == LABEL[0] && matches(bytes, i)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(byte[] bytes, int at) {
    for (int i = 1; i < LABEL.length; i++) {
      if (bytes[at + i] != LABEL[i]) {
        return false;
      }
    }
    return true;
  }

  private Namespaces namespaces() {
    var namespaces =
        new Namespaces(configuration == null ? Policy.PRIVILEGED : configuration.defaults());
    for (int i = 0; i < inputs.size(); i++) {
      List<NamespaceManifest> found = labelled.get(i);
      if (found != null) {
        found.forEach(namespaces::add);
      }
    }
    return namespaces;
  }
}
