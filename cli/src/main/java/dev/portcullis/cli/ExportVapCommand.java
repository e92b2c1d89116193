package dev.portcullis.cli;

import dev.portcullis.admission.config.PodSecurityConfiguration;
import dev.portcullis.advice.export.ExportOptions;
import dev.portcullis.advice.export.ExportOptions.Profile;
import dev.portcullis.advice.export.ExportOptions.Workloads;
import dev.portcullis.advice.export.ValidatingPolicies;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.Level;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.PolicyLabels;
import dev.portcullis.policy.Version;
import dev.portcullis.policy.checks.Checks;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code portcullis export vap}: the engine as ValidatingAdmissionPolicies. */
@Command(
    name = "vap",
    description =
        "Writes ValidatingAdmissionPolicies and bindings that judge as Pod Security Admission"
            + " does.",
    footer = {
      "",
      "Without --enforce the bindings only warn. Policies know no time and no version of their API"
          + " server:",
      "export again after an upgrade of Kubernetes; --check says when. docs/vap.md says more.",
      "",
      "Exit code: 0 written, or nothing to do; 1 --check found something; 2 a usage or input error."
    },
    sortOptions = false)
final class ExportVapCommand implements Callable<Integer> {
  private static final Pattern PREFIX =
      Pattern.compile("(?=.{3,254}$)[a-z0-9]([-a-z0-9.]*[a-z0-9])?/");
  private static final String SYSTEM_NAMESPACE = "kube-system";

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "A PodSecurityConfiguration: its defaults and exemptions become part of the policies.")
  private @Nullable Path config;

  @Option(
      names = "--profile",
      paramLabel = "PROFILE",
      description =
          "replace (the default), where the API server's own PodSecurity plugin is off, or"
              + " complement, where it is on, as in every managed cluster: defaults and exemptions"
              + " for namespaces without the standard enforce label, or labels of your own.")
  private String profile = "replace";

  @Option(
      names = "--kubernetes",
      paramLabel = "VERSION",
      description =
          "The version of the API server, v1.30 or later, which is what latest means; the newest"
              + " known if not given.")
  private @Nullable String kubernetes;

  @Option(
      names = "--modes",
      paramLabel = "MODE",
      split = ",",
      description =
          "enforce (the default), audit, warn: warn and audit cost as much again at each pod.")
  private List<String> modes = List.of("enforce");

  @Option(
      names = "--label-prefix",
      paramLabel = "PREFIX",
      description =
          "Begin the labels that count with this, for example security.example.com/, in place of"
              + " pod-security.kubernetes.io/.")
  private String labelPrefix = PolicyLabels.PREFIX;

  @Option(
      names = "--workloads",
      paramLabel = "WHAT",
      description =
          "warn (the default): modes warn and audit judge Deployments and the like too; enforce:"
              + " besides, one whose template changed and whose pods would be refused is refused;"
              + " none.")
  private String workloads = "warn";

  @Option(
      names = "--guard",
      description =
          "Relaxing the enforce label needs the verb relax on levels.pod-security.portcullis.dev.")
  private boolean guard;

  @Option(names = "--enforce", description = "Refuse what violates; otherwise all bindings warn.")
  private boolean enforce;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write one file in place of standard output.")
  private @Nullable Path output;

  @Option(
      names = "--write",
      paramLabel = "DIR",
      description = "Write a file for each policy; other files there stay.")
  private @Nullable Path folder;

  @Option(
      names = "--check",
      description =
          "Write nothing, and say what in a cluster is stale, edited or missing. With other"
              + " options: beside what these would make.")
  private boolean check;

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "The cluster of --check: the one that its current context names.")
  private @Nullable Path kubeconfig;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    var evaluator = Evaluator.of(Checks.standard());
    if (check != (kubeconfig != null)) {
      throw usage("--check and --kubeconfig FILE go together");
    }
    if (check && (output != null || folder != null)) {
      throw usage("--check writes nothing: leave out -o and --write");
    }
    if (output != null && folder != null) {
      throw usage("give either -o FILE or --write DIR");
    }
    PrintWriter err = spec.commandLine().getErr();
    Path cluster = kubeconfig;
    if (cluster != null) {
      return new ExportCheck(evaluator, spec.commandLine().getOut())
          .run(cluster, optionsGiven() ? minor -> policies(evaluator, minor, err) : null);
    }
    write(policies(evaluator, null, err));
    return ExitCode.CLEAN;
  }

  private boolean optionsGiven() {
    return spec.commandLine().getParseResult().matchedOptions().stream()
        .anyMatch(option ->
            !option.longestName().equals("--check")
                && !option.longestName().equals("--kubeconfig"));
  }

  /** {@return what the options ask for}; {@code server} is the minor where none was given. */
  private ValidatingPolicies policies(
      Evaluator evaluator, @Nullable Integer server, PrintWriter err) {
    int newest = (int) evaluator.newest().minor();
    int minor = kubernetes == null ? server == null ? newest : server : minor(kubernetes);
    if (minor < ExportOptions.OLDEST_MINOR) {
      throw usage(
          "v1."
              + minor
              + " is too old: ValidatingAdmissionPolicies are generally available from v1."
              + ExportOptions.OLDEST_MINOR
              + " on");
    }
    Path file = config;
    var configuration = file == null ? PodSecurityConfiguration.ALLOW_ALL : ConfigFile.load(file);
    Set<Mode> chosen = chosenModes();
    Workloads what = choice("--workloads", workloads, Workloads.values());
    boolean given = spec.commandLine().getParseResult().hasMatchedOption("--workloads");
    if (given
        && what == Workloads.WARN
        && !chosen.contains(Mode.WARN)
        && !chosen.contains(Mode.AUDIT)) {
      throw usage(
          "--workloads warn needs the mode warn or audit, for example --modes enforce,warn");
    }
    if (!PREFIX.matcher(labelPrefix).matches()) {
      throw usage(
          "--label-prefix "
              + labelPrefix
              + " is none: give a DNS name and a slash, for example security.example.com/");
    }
    var options =
        new ExportOptions(
            configuration,
            choice("--profile", profile, Profile.values()),
            minor,
            chosen,
            labelPrefix,
            what,
            guard,
            enforce,
            ProductVersion.text());
    note(options, newest, err);
    var policies = ValidatingPolicies.of(options, evaluator);
    if (policies.isEmpty()) {
      throw new InputException(
          "nothing to export: beside the API server's own plugin the policies stand for the"
              + " defaults of --config, and these are privileged; set a default, or give"
              + " --label-prefix");
    }
    return policies;
  }

  private static void note(ExportOptions options, int newest, PrintWriter err) {
    if (options.kubernetes() > newest) {
      err.println(
          "note: this version of Portcullis knows the Pod Security Standards up to v1."
              + newest
              + "; look for a newer one");
    }
    var defaults = options.configuration().defaults();
    if (defaults.enforce().level() != Level.PRIVILEGED
        && !options.configuration().exemptions().namespace(SYSTEM_NAMESPACE)) {
      err.println(
          "note: the default level holds in "
              + SYSTEM_NAMESPACE
              + " too, which is not among the exempt namespaces: the cluster's own pods may be"
              + " refused there");
    }
    err.flush();
  }

  private void write(ValidatingPolicies policies) throws IOException {
    Path file = output;
    Path into = folder;
    if (file != null) {
      Files.writeString(file, header() + policies.yaml(), StandardCharsets.UTF_8);
    } else if (into != null) {
      Files.createDirectories(into);
      for (ValidatingPolicies.Document document : policies.documents()) {
        Files.writeString(
            into.resolve(document.name()), header() + document.yaml(), StandardCharsets.UTF_8);
      }
    } else {
      PrintWriter out = spec.commandLine().getOut();
      out.print(header() + policies.yaml());
      out.flush();
    }
  }

  private static String header() {
    return "# Made by portcullis export vap. Export again after an upgrade of Kubernetes.\n";
  }

  private Set<Mode> chosenModes() {
    var chosen = EnumSet.noneOf(Mode.class);
    for (String mode : modes) {
      chosen.add(choice("--modes", mode, Mode.values()));
    }
    return chosen;
  }

  private int minor(String text) {
    Version version = Version.parse(text.startsWith("v") ? text : "v" + text);
    if (version == null || version.isLatest() || version.minor() > 9999) {
      throw usage("--kubernetes " + text + " is no version, give for example v1.35");
    }
    return (int) version.minor();
  }

  private <E extends Enum<E>> E choice(String option, String text, E[] values) {
    for (E value : values) {
      if (value.name().equalsIgnoreCase(text)) {
        return value;
      }
    }
    List<String> names =
        List.of(values).stream()
            .map(value -> value.name().toLowerCase(java.util.Locale.ROOT))
            .toList();
    throw usage(option + " " + text + " is none of " + String.join(", ", names));
  }

  private ParameterException usage(String problem) {
    return new ParameterException(spec.commandLine(), problem);
  }
}
