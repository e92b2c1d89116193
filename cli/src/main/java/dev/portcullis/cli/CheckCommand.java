package dev.portcullis.cli;

import dev.portcullis.admission.config.PodSecurityConfiguration;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.json.JsonException;
import dev.portcullis.report.AtomicFile;
import dev.portcullis.report.Baseline;
import dev.portcullis.report.InputError;
import dev.portcullis.report.Printable;
import dev.portcullis.report.Report;
import dev.portcullis.report.format.ReportFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
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

/** {@code portcullis check}: manifests against the Pod Security Standards. */
@Command(
    name = "check",
    description = "Checks manifests against the Pod Security Standards.",
    footer = {
      "",
      "Without --level and --policy-version a workload is judged by the Pod Security labels of its"
          + " Namespace",
      "object if that is among the inputs, else by --config, else by restricted:latest.",
      "",
      "Exit code: 0 clean, 1 violations, 2 a usage or input error."
    },
    sortOptions = false)
final class CheckCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "PATH",
      arity = "0..*",
      description =
          "Files, folders (searched for *.yaml, *.yml and *.json), or - for standard input.")
  private List<String> paths = new ArrayList<>();

  @Mixin private PolicyOptions policy = new PolicyOptions();

  @Mixin private InputOptions inputOptions = new InputOptions();

  @Mixin private RenderOptions renderOptions = new RenderOptions();

  @Mixin private InputRules inputRules = new InputRules();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT[=FILE]",
      converter = FormatConverter.class,
      description =
          "text (the default), json, sarif, junit, github or markdown, to a file or standard"
              + " output; repeatable.")
  private List<OutputTarget<ReportFormat>> outputs = new ArrayList<>();

  @Option(
      names = "--fail-on",
      paramLabel = "MODE",
      defaultValue = "enforce",
      description =
          "Which violations fail: enforce (the default), audit (enforce too), warn (all), none.")
  private FailOn failOn = FailOn.enforce;

  @Option(
      names = "--write-baseline",
      paramLabel = "FILE",
      description = "Record the violations of this run as known.")
  private @Nullable Path writeBaseline;

  @Option(
      names = "--baseline",
      paramLabel = "FILE",
      description = "Fail only on violations that are not recorded there.")
  private @Nullable Path baseline;

  @Mixin private ColorOption color = new ColorOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Reads {@code -o}. */
  static final class FormatConverter implements ITypeConverter<OutputTarget<ReportFormat>> {
    @Override
    public OutputTarget<ReportFormat> convert(String value) {
      return OutputTarget.parse(value, ReportFormat::parse, ReportFormat.names());
    }
  }

  /** Which modes fail a run, as spelled on the command line. */
  enum FailOn {
    enforce,
    audit,
    warn,
    none;

    List<Mode> modes() {
      return switch (this) {
        case enforce -> List.of(Mode.ENFORCE);
        case audit -> List.of(Mode.ENFORCE, Mode.AUDIT);
        case warn -> List.of(Mode.ENFORCE, Mode.AUDIT, Mode.WARN);
        case none -> List.of();
      };
    }
  }

  @Override
  public Integer call() throws IOException {
    var writers = new ReportWriter(outputs, failOn.modes(), color);
    writers.refuseTwoOnStandardOutput(
        problem -> new ParameterException(spec.commandLine(), problem));
    Path recorded = baseline;
    Baseline known = recorded == null ? null : read(recorded);
    PrintWriter err = spec.commandLine().getErr();

    Path config = policy.config();
    PodSecurityConfiguration configuration = config == null ? null : ConfigFile.load(config);
    if (paths.isEmpty() && renderOptions.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "name files or folders, for example: portcullis check .");
    }
    try (var renderer = renderOptions) {
      return check(writers, known, configuration, renderer, err);
    }
  }

  private int check(
      ReportWriter writers,
      @Nullable Baseline known,
      @Nullable PodSecurityConfiguration configuration,
      RenderOptions renderer,
      PrintWriter err)
      throws IOException {
    Inputs inputs = Inputs.find(paths, inputOptions.search()).with(renderer);
    inputs.announce(err);
    CheckRun.Findings findings;
    try (var progress = Progress.over(inputs.found().size(), err, Terminal.errorIsTerminal())) {
      findings = CheckRun.over(inputs, policy, configuration, progress);
    }
    Report report =
        inputRules.apply(findings.report(), inputs, paths.isEmpty() ? renderer.names() : paths);
    for (String note : findings.notes()) {
      err.println("note: " + Printable.of(note));
    }
    for (InputError error : report.errors()) {
      err.println("error: " + Printable.of(error.toString()));
    }
    boolean recording = record(report, err);
    if (known != null) {
      var comparison = known.compare(report);
      report = comparison.report();
      if (comparison.stale() > 0) {
        err.println(
            "note: "
                + comparison.stale()
                + " entries of the baseline occur no more; --write-baseline drops them");
      }
    }
    err.flush();
    writers.write(report, spec.commandLine().getOut());
    if (writers.textOnStandardOutput() && renderer.isEmpty() && violates(report)) {
      spec.commandLine().getOut().println("\nTo see what can be fixed: " + fixLine());
    }
    if (!report.errors().isEmpty()) {
      return ExitCode.ERROR;
    }
    return !recording && report.fails(failOn.modes()) ? ExitCode.VIOLATIONS : ExitCode.CLEAN;
  }

  private static boolean violates(Report report) {
    return report.results().stream()
        .anyMatch(result -> result.verdicts().stream().anyMatch(verdict -> verdict.hasNews()));
  }

  /** The same inputs and policy, as a shell takes them. */
  private String fixLine() {
    var line = new StringBuilder("portcullis fix");
    for (String argument : policy.arguments()) {
      line.append(' ').append(ShellWord.quote(argument));
    }
    for (String argument : inputOptions.arguments()) {
      line.append(' ').append(ShellWord.quote(argument));
    }
    for (String path : paths) {
      line.append(' ').append(ShellWord.quote(path));
    }
    return Printable.of(line.toString());
  }

  private static Baseline read(Path file) {
    try {
      return Baseline.read(Files.readAllBytes(file));
    } catch (IOException unreadable) {
      throw new InputException("--baseline " + file + ": " + Inputs.problem(unreadable));
    } catch (JsonException broken) {
      throw new InputException("--baseline " + file + ": " + broken.getMessage());
    }
  }

  private boolean record(Report report, PrintWriter err) {
    Path file = writeBaseline;
    if (file == null) {
      return false;
    }
    if (!report.errors().isEmpty()) {
      err.println("note: no baseline was written, because of the errors above");
      return false;
    }
    Baseline all = Baseline.of(report);
    try {
      AtomicFile.write(file, all::write);
    } catch (IOException unwritable) {
      throw new InputException("--write-baseline " + file + ": " + Inputs.problem(unwritable));
    }
    err.println("note: " + all.size() + " places recorded as known in " + file);
    return true;
  }
}
