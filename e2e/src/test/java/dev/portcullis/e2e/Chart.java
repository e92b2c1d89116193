package dev.portcullis.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Our own Helm chart: what an operator installs is what the suites register. */
final class Chart {
  private static final String FOLDER =
      Tools.checkout().resolve("deploy/chart/portcullis").toString();

  private Chart() {}

  /** {@return some of its templates, rendered with these values} */
  static String render(List<String> templates, List<String> values) {
    return render(Registration.RELEASE, templates, values);
  }

  /** {@return the same for a release of this name} */
  static String render(String release, List<String> templates, List<String> values) {
    var command =
        new ArrayList<>(
            List.of(
                Tools.installed().path("helm"),
                "template",
                release,
                FOLDER,
                "--namespace=" + Registration.NAMESPACE));
    templates.forEach(template -> command.add("--show-only=templates/" + template + ".yaml"));
    values.forEach(value -> command.add("--set=" + value));
    try {
      Process helm = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(helm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (helm.waitFor() != 0) {
        throw new AssertionError(command + " exited with " + helm.exitValue() + ":\n" + output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while the chart was rendered", e);
    }
  }
}
