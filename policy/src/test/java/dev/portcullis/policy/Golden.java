package dev.portcullis.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Files of expected lines; {@code -Dgolden.update=true} writes them anew. */
public final class Golden {
  private Golden() {}

  /** Compares the lines with those of a file among the test's resources. */
  public static void assertLines(String name, List<String> lines) throws IOException {
    Path file = Path.of("src/test/resources").resolve(name);
    if (Boolean.getBoolean("golden.update")) {
      Files.write(file, lines);
    }
    assertThat(file).as("golden file, written by -Dgolden.update=true").exists();
    assertThat(lines).isEqualTo(Files.readAllLines(file));
  }
}
