package dev.portcullis.cli;

import dev.portcullis.admission.config.PodSecurityConfiguration;
import dev.portcullis.advice.fix.FixText;
import dev.portcullis.advice.fix.FixedFile;
import dev.portcullis.advice.fix.Fixer;
import dev.portcullis.manifests.ManifestError;
import dev.portcullis.manifests.ManifestFile;
import dev.portcullis.manifests.ManifestReader;
import dev.portcullis.manifests.NamespaceManifest;
import dev.portcullis.manifests.Skipped.Cause;
import dev.portcullis.manifests.Workload;
import dev.portcullis.manifests.files.InputFile;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.PolicyLabels;
import dev.portcullis.policy.checks.Checks;
import dev.portcullis.policy.remedy.Risk;
import dev.portcullis.report.AtomicFile;
import dev.portcullis.report.InputError;
import dev.portcullis.report.Namespaces;
import dev.portcullis.report.PolicyChoice;
import dev.portcullis.report.Printable;
import dev.portcullis.report.Skipped;
import dev.portcullis.report.format.Ink;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code portcullis fix}: edits manifests so that they pass. */
@Command(
    name = "fix",
    description = "Shows, or makes, the edits that let manifests pass.",
    footer = {
      "",
      "Which policy: as in check. Only lines that must change do; comments, order and quotes stay.",
      "With - the fixed text goes to standard output and everything else to standard error.",
      "",
      "Exit code: 0 nothing left, 1 something is left to fix or decide, 2 a usage or input error."
    },
    sortOptions = false)
final class FixCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "PATH",
      arity = "0..*",
      description =
          "Files or folders as in check, or - alone as a filter; the current folder if none is"
              + " given.")
  private List<String> paths = new ArrayList<>();

  @Mixin private PolicyOptions policy = new PolicyOptions();

  @Mixin private InputOptions inputOptions = new InputOptions();

  @Mixin private InputRules inputRules = new InputRules();

  @Option(names = "--write", description = "Edit the files; without it the diff is shown.")
  private boolean write;

  @Option(
      names = "--only",
      paramLabel = "RISK",
      converter = RiskConverter.class,
      description =
          "How far to go: safe (only what no well-behaved program notices) or may-break (the"
              + " default: that too).")
  private Risk most = Risk.MAY_BREAK;

  @Option(
      names = "--partial",
      description =
          "Make edits that may break something also where a decision is left; otherwise only safe"
              + " ones are made there.")
  private boolean partial;

  @Mixin private ColorOption color = new ColorOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  private final ManifestReader reader = new ManifestReader();
  private final List<InputError> errors = new ArrayList<>();
  private final List<Skipped> skipped = new ArrayList<>();
  private int workloads;

  @Override
  public Integer call() throws IOException {
    boolean filter = paths.contains("-");
    if (filter && (paths.size() > 1 || write)) {
      throw new ParameterException(
          spec.commandLine(), "- is a filter: give it alone, and without --write");
    }
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Path config = policy.config();
    PodSecurityConfiguration configuration = config == null ? null : ConfigFile.load(config);
    Inputs inputs = Inputs.find(paths.isEmpty() ? List.of(".") : paths, inputOptions.search());
    inputs.announce(err);
    errors.addAll(inputs.errors());
    skipped.addAll(inputs.skipped());
    var contents = new Contents(inputs.found());
    PolicyChoice choice = choice(inputs, contents, configuration);
    var fixer = new Fixer(Evaluator.of(Checks.standard()), most, partial);
    var text = new FixText(filter ? Ink.NONE : color.ink());
    var files = new ArrayList<FixedFile>();
    for (int i = 0; i < inputs.found().size(); i++) {
      FixedFile file = fix(inputs.found().get(i), contents, i, fixer, choice);
      if (file == null) {
        continue;
      }
      if (filter) {
        out.print(file.after());
      } else if (!write && file.changed()) {
        text.diff(file, out);
        out.println();
      } else if (write && file.changed()) {
        out.println("fixed " + Printable.of(file.name()));
      }
      if (file.changed() || file.hasLeft() || !file.untouched().isEmpty()) {
        files.add(file);
      }
    }
    errors.addAll(inputRules.errors(workloads, skipped, inputs, paths, List.copyOf(errors)));
    text.summary(files, write || filter, filter ? err : out);
    for (String note : inputs.notes()) {
      err.println("note: " + Printable.of(note));
    }
    for (InputError error : errors) {
      err.println("error: " + Printable.of(error.toString()));
    }
    out.flush();
    err.flush();
    return exitCode(files, write || filter);
  }

  private int exitCode(List<FixedFile> files, boolean applied) {
    if (!errors.isEmpty()) {
      return ExitCode.ERROR;
    }
    boolean left =
        files.stream()
            .anyMatch(file ->
                file.hasLeft() || !file.untouched().isEmpty() || (!applied && file.changed()));
    return left ? ExitCode.VIOLATIONS : ExitCode.CLEAN;
  }

  private @Nullable FixedFile fix(
      InputFile input, Contents contents, int index, Fixer fixer, PolicyChoice choice) {
    byte[] content;
    try {
      content = contents.last(index);
    } catch (IOException unreadable) {
      errors.add(new InputError(input.name(), 0, 0, Inputs.problem(unreadable)));
      return null;
    }
    ManifestFile file = reader.readInput(input.name(), content);
    for (ManifestError error : file.errors()) {
      errors.add(new InputError(input.name(), error.line(), error.column(), error.message()));
    }
    for (var document : file.skipped()) {
      if (document.cause() == Cause.NOT_SERVED) {
        errors.add(new InputError(input.name(), document.line(), 0, document.reason()));
      } else {
        skipped.add(
            new Skipped(input.name(), document.document(), document.line(), document.reason()));
      }
    }
    workloads += file.workloads().size();
    FixedFile fixed = fixer.fix(content, file, workload -> demands(workload, choice));
    Path path = input.path();
    if (write && path != null && fixed.changed()) {
      try {
        refuseOutside(path);
        AtomicFile.replace(path, content, Fixer.encode(content, fixed.after()));
      } catch (IOException failure) {
        errors.add(new InputError(input.name(), 0, 0, "not written: " + Inputs.problem(failure)));
        return new FixedFile(
            fixed.name(),
            fixed.before(),
            fixed.before(),
            fixed.workloads(),
            "it could not be written");
      }
    }
    return fixed;
  }

  /** A link in a folder may lead anywhere; only what the arguments name is written to. */
  private void refuseOutside(Path path) throws IOException {
    Path real = path.toRealPath();
    for (String argument : paths.isEmpty() ? List.of(".") : paths) {
      if (real.startsWith(Path.of(argument).toRealPath())) {
        return;
      }
    }
    throw new FileSystemException(
        path.toString(), null, "it is a link to " + real + ", outside of what was given");
  }

  private static List<LevelVersion> demands(Workload workload, PolicyChoice choice) {
    return choice.exempts(workload)
        ? List.of()
        : choice.of(workload).demands().stream().map(PolicyChoice.Demand::at).toList();
  }

  /**
   * Reads all files for namespaces first, because one may come after the workloads that it judges.
   */
  private PolicyChoice choice(
      Inputs inputs, Contents contents, @Nullable PodSecurityConfiguration configuration) {
    var namespaces =
        new Namespaces(configuration == null ? Policy.PRIVILEGED : configuration.defaults());
    if (policy.demanded() == null) {
      for (int i = 0; i < inputs.found().size(); i++) {
        for (NamespaceManifest namespace : read(inputs.found().get(i), contents, i).namespaces()) {
          if (PolicyLabels.present(namespace.labels())) {
            namespaces.add(namespace);
          }
        }
      }
      errors.addAll(namespaces.errors());
    }
    return new PolicyChoice(
        policy.demanded(), configuration, namespaces.policies(), policy.namespace());
  }

  private ManifestFile read(InputFile input, Contents contents, int index) {
    try {
      return reader.read(input.name(), contents.first(index));
    } catch (IOException reportedWhenItIsFixed) {
      return reader.read(input.name(), new byte[0]);
    }
  }

  /** Reads {@code --only}. */
  static final class RiskConverter implements ITypeConverter<Risk> {
    @Override
    public Risk convert(String value) {
      return switch (value) {
        case "safe" -> Risk.SAFE;
        case "may-break" -> Risk.MAY_BREAK;
        default ->
            throw new TypeConversionException("\"" + value + "\" is neither safe nor may-break");
      };
    }
  }
}
