package dev.portcullis.cli;

import dev.portcullis.admission.Admission;
import dev.portcullis.admission.Recorder;
import dev.portcullis.admission.config.PodSecurityConfiguration;
import dev.portcullis.cluster.ClusterException;
import dev.portcullis.cluster.FolderCluster;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.checks.Checks;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code portcullis review}: admission requests in, answers out, a line each, without a cluster.
 */
@Command(
    name = "review",
    description = "Answers admission requests offline, as the webhook would.",
    footer = {
      "",
      "Reads AdmissionReviews from standard input, one a line, and writes"
          + " {\"uid\", \"response\"} for each,",
      "in the same order and at once. A line that is no AdmissionReview gives"
          + " {\"uid\": \"\", \"error\"},",
      "and the exit code is then 2 in the end."
    })
final class ReviewCommand implements Callable<Integer> {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "The PodSecurityConfiguration; without it labels alone decide and nothing is exempt.")
  private @Nullable Path config;

  @Option(
      names = "--cluster",
      paramLabel = "PATH",
      required = true,
      description = "A file or folder of Namespace and Pod manifests that stands for the cluster.")
  private Path cluster = Path.of("");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    Terminal.announceInput(spec.commandLine().getErr());
    Path file = config;
    var configuration = file == null ? PodSecurityConfiguration.ALLOW_ALL : ConfigFile.load(file);
    try (var source = FolderCluster.read(cluster);
        var in = new FileInputStream(FileDescriptor.in);
        var out = new FileOutputStream(FileDescriptor.out)) {
      var admission =
          new Admission(
              Evaluator.of(Checks.standard()),
              configuration,
              source.namespaces(),
              source.pods(),
              Recorder.NONE);
      return new ReviewStream(admission, in, out).run() ? ExitCode.CLEAN : ExitCode.ERROR;
    } catch (ClusterException unreadable) {
      throw new InputException(unreadable.message());
    } catch (IOException gone) {
      if (StandardOutput.readerLeft(gone)) {
        return ExitCode.ERROR;
      }
      throw new InputException("review stopped: " + gone.getMessage());
    }
  }
}
