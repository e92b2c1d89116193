package dev.portcullis.cli;

import dev.portcullis.advice.export.ExportedSet;
import dev.portcullis.advice.export.ValidatingPolicies;
import dev.portcullis.cluster.ClusterException;
import dev.portcullis.cluster.ClusterManifests;
import dev.portcullis.manifests.ManifestFile;
import dev.portcullis.manifests.ManifestObject;
import dev.portcullis.manifests.yaml.YamlException;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.json.JsonException;
import dev.portcullis.report.Printable;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Compares the exported policies of a cluster with what they should be. */
final class ExportCheck {
  private static final String RESOURCES = "apis/admissionregistration.k8s.io/v1/";

  private final Evaluator evaluator;
  private final PrintWriter out;

  ExportCheck(Evaluator evaluator, PrintWriter out) {
    this.evaluator = evaluator;
    this.out = out;
  }

  /**
   * {@return the exit code}
   *
   * @param expected what should be there, of the minor of the API server; null where the objects'
   *     own annotations are all there is
   */
  int run(Path kubeconfig, @Nullable Function<Integer, ValidatingPolicies> expected) {
    var found = new ExportedSet();
    int minor;
    String url;
    try (var cluster = ClusterManifests.of(kubeconfig)) {
      url = cluster.url();
      minor = cluster.minor();
      boolean served =
          cluster.list(RESOURCES + "validatingadmissionpolicies", page -> add(true, page, found))
              && cluster.list(
                  RESOURCES + "validatingadmissionpolicybindings", page -> add(false, page, found));
      if (!served) {
        throw new InputException(
            "the cluster at " + url + " serves no ValidatingAdmissionPolicies");
      }
    } catch (ClusterException unusable) {
      throw new InputException(unusable.message());
    }
    if (found.isEmpty() && expected == null) {
      out.println("missing: the cluster at " + url + " has no exported policies");
      out.flush();
      return ExitCode.VIOLATIONS;
    }
    List<ExportedSet.Finding> findings =
        expected == null
            ? found.findings(minor, (int) evaluator.newest().minor(), ProductVersion.text())
            : found.findings(expected.apply(minor));
    for (ExportedSet.Finding finding : findings) {
      out.println(line(finding));
    }
    if (findings.isEmpty()) {
      out.println(found.size() + " objects are as exported, for v1." + minor);
    }
    out.flush();
    return findings.isEmpty() ? ExitCode.CLEAN : ExitCode.VIOLATIONS;
  }

  private static String line(ExportedSet.Finding finding) {
    String state =
        switch (finding.state()) {
          case MISSING -> "missing";
          case EDITED -> "edited";
          case STALE -> "stale";
          case LEFT_OVER -> "left over";
        };
    return Printable.of(state + ": " + finding.object() + ": " + finding.detail());
  }

  private static void add(boolean policies, ManifestFile page, ExportedSet found) {
    for (ManifestObject object : page.others()) {
      try {
        found.add(policies, object.json());
      } catch (YamlException | JsonException unreadable) {
        throw new InputException(
            "cannot read an object of the cluster: " + unreadable.getMessage());
      }
    }
  }
}
