package dev.portcullis.cli;

import dev.portcullis.advice.migrate.LabelFiles;
import dev.portcullis.advice.migrate.Migration;
import dev.portcullis.advice.migrate.MigrationFormat;
import dev.portcullis.advice.migrate.MigrationReport;
import dev.portcullis.advice.migrate.MigrationSources;
import dev.portcullis.cluster.ClusterException;
import dev.portcullis.cluster.ClusterManifests;
import dev.portcullis.manifests.ManifestReader;
import dev.portcullis.manifests.WorkloadKind;
import dev.portcullis.manifests.WorkloadKinds;
import dev.portcullis.manifests.files.InputFile;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.Version;
import dev.portcullis.policy.checks.Checks;
import dev.portcullis.report.AtomicFile;
import dev.portcullis.report.InputError;
import dev.portcullis.report.Printable;
import dev.portcullis.report.format.Ink;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
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

/** {@code portcullis migrate psp}: from PodSecurityPolicies to namespace labels. */
@Command(
    name = "psp",
    description = "Moves from PodSecurityPolicies to Pod Security labels on namespaces.",
    footer = {
      "",
      "Reads PodSecurityPolicies, the RBAC that lets them be used, Namespaces, ServiceAccounts and"
          + " workloads.",
      "A namespace gets the level that the laxest of its policies corresponds to, or a laxer one"
          + " that",
      "refuses none of its workloads; audit and warn are one level up. docs/migrate-psp.md says"
          + " more.",
      "",
      "Exit code: 0 nothing is left to decide, 1 a policy has no standard short of privileged, a"
          + " workload",
      "would be refused, relies on a policy's defaults or has no known namespace, 2 a usage or"
          + " input error."
    },
    sortOptions = false)
final class MigratePspCommand implements Callable<Integer> {
  private static final List<String> AROUND_PODS =
      List.of(
          "apis/rbac.authorization.k8s.io/v1/clusterroles",
          "apis/rbac.authorization.k8s.io/v1/roles",
          "apis/rbac.authorization.k8s.io/v1/clusterrolebindings",
          "apis/rbac.authorization.k8s.io/v1/rolebindings",
          "api/v1/namespaces",
          "api/v1/serviceaccounts");

  @Parameters(
      paramLabel = "PATH",
      arity = "0..*",
      description =
          "Files, folders (searched for *.yaml, *.yml and *.json), or - for standard input.")
  private List<String> paths = new ArrayList<>();

  @Mixin private InputOptions inputOptions = new InputOptions();

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description =
          "Read the cluster that its current context names, in place of files; it must still serve"
              + " PodSecurityPolicies.")
  private @Nullable Path kubeconfig;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      description = "The namespace of objects in files that name none.")
  private String namespace = "";

  @Option(
      names = "--policy-version",
      paramLabel = "VERSION",
      converter = PolicyOptions.VersionConverter.class,
      description = "The version to pin the levels to, v1.N or latest; the newest if not given.")
  private @Nullable Version version;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT[=FILE]",
      converter = FormatConverter.class,
      description =
          "text (the default), markdown or json, to a file or standard output;" + " repeatable.")
  private List<OutputTarget<MigrationFormat>> outputs = new ArrayList<>();

  @Option(
      names = "--write-labels",
      paramLabel = "DIR",
      description =
          "Write a Namespace manifest with the labels for each namespace; nothing is written if a"
              + " file there holds something else.")
  private @Nullable Path writeLabels;

  @Mixin private ColorOption color = new ColorOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    if (paths.isEmpty() == (kubeconfig == null)) {
      throw new ParameterException(spec.commandLine(), "give either PATH... or --kubeconfig FILE");
    }
    List<OutputTarget<MigrationFormat>> targets =
        outputs.isEmpty() ? List.of(new OutputTarget<>(MigrationFormat.TEXT, null)) : outputs;
    OutputTarget.refuseTwoOnStandardOutput(
        targets, problem -> new ParameterException(spec.commandLine(), problem));
    PrintWriter err = spec.commandLine().getErr();
    Path config = kubeconfig;
    MigrationSources sources = config == null ? files(err) : cluster(config);
    var evaluator = Evaluator.of(Checks.standard());
    Version at = version;
    MigrationReport report = Migration.of(sources, evaluator, at == null ? evaluator.newest() : at);
    for (InputError error : sources.errors()) {
      err.println("error: " + Printable.of(error.toString()));
    }
    err.flush();
    write(report, sources.errors(), targets);
    Path folder = writeLabels;
    if (folder != null) {
      writeLabels(report, sources, folder, err);
    }
    if (!sources.errors().isEmpty()) {
      return ExitCode.ERROR;
    }
    return report.undecided() ? ExitCode.VIOLATIONS : ExitCode.CLEAN;
  }

  private MigrationSources files(PrintWriter err) {
    var sources = new MigrationSources(namespace, true);
    var reader = new ManifestReader();
    Inputs inputs = Inputs.find(paths, inputOptions.search());
    inputs.announce(err);
    inputs.notes().forEach(note -> err.println("note: " + Printable.of(note)));
    inputs.errors().forEach(sources::error);
    for (InputFile input : inputs.found()) {
      try {
        sources.add(reader.readInput(input.name(), input.read()));
      } catch (IOException unreadable) {
        sources.error(new InputError(input.name(), 0, 0, Inputs.problem(unreadable)));
      }
    }
    return sources;
  }

  /**
   * {@return what to list, in an order that lets a pod be dropped as it comes: whatever creates
   * others comes before them}
   */
  private static List<String> resources() {
    var resources = new ArrayList<>(AROUND_PODS);
    for (WorkloadKind kind : WorkloadKinds.builtIn().reversed()) {
      if (!kind.creates().isEmpty() || kind.kind().equals("Pod")) {
        resources.add(kind.resourcePath());
      }
    }
    return resources;
  }

  private static MigrationSources cluster(Path kubeconfig) {
    var sources = new MigrationSources("", false);
    try (var cluster = ClusterManifests.of(kubeconfig)) {
      boolean served =
          cluster.list("apis/policy/v1beta1/podsecuritypolicies", sources::add)
              || cluster.list("apis/extensions/v1beta1/podsecuritypolicies", sources::add);
      if (!served) {
        throw new InputException(
            "the cluster at "
                + cluster.url()
                + " serves no PodSecurityPolicies (Kubernetes has none from 1.25 on); give the"
                + " manifests that they were made from, or what kubectl get podsecuritypolicies -o"
                + " yaml printed before the upgrade, as PATH");
      }
      for (String resource : resources()) {
        if (!cluster.list(resource, sources::add)) {
          sources.note("the cluster does not serve " + resource + ", so none of these were read");
        }
      }
    } catch (ClusterException unusable) {
      throw new InputException(unusable.message());
    }
    return sources;
  }

  private void write(
      MigrationReport report, List<InputError> errors, List<OutputTarget<MigrationFormat>> targets)
      throws IOException {
    for (OutputTarget<MigrationFormat> target : targets) {
      Path file = target.file();
      if (file == null) {
        PrintWriter out = spec.commandLine().getOut();
        var buffered = new BufferedWriter(out, 1 << 16);
        target.format().render(report, errors, color.ink(), buffered);
        buffered.flush();
        out.flush();
        continue;
      }
      try {
        AtomicFile.write(file, out -> target.format().render(report, errors, Ink.NONE, out));
      } catch (IOException unwritable) {
        throw new InputException(
            "-o " + target.format() + "=" + file + ": " + Inputs.problem(unwritable));
      }
    }
  }

  private static void writeLabels(
      MigrationReport report, MigrationSources sources, Path folder, PrintWriter err) {
    if (!sources.errors().isEmpty()) {
      err.println("note: no labels were written, because of the errors above");
      err.flush();
      return;
    }
    try {
      List<Path> written = LabelFiles.write(report, folder);
      err.println("note: files of labels written to " + folder + ": " + written.size());
      err.flush();
    } catch (IOException failure) {
      throw new InputException("--write-labels " + folder + ": " + Inputs.problem(failure));
    }
  }

  /** Reads {@code -o}. */
  static final class FormatConverter implements ITypeConverter<OutputTarget<MigrationFormat>> {
    @Override
    public OutputTarget<MigrationFormat> convert(String value) {
      return OutputTarget.parse(value, MigrationFormat::parse, MigrationFormat.names());
    }
  }
}
