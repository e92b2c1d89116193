package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The chart's policies are what the exporter makes, and nobody edits them. */
class ChartPoliciesTest {
  private static final Path FILE = Path.of("../deploy/chart/portcullis/files/vap.yaml");

  @Test
  void theChartHoldsWhatIsExported() throws IOException {
    String exported = CommandRun.of("export", "vap", "--enforce").out();
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(FILE, exported);
    }

    assertThat(FILE).hasContent(exported);
  }
}
