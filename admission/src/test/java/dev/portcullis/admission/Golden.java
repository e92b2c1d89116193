package dev.portcullis.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Expected outputs that are kept as files; {@code -Dgolden.update=true} rewrites them. */
public final class Golden {
  private static final Pattern PARSER = Pattern.compile("json parse error: (?!json:)[^\n]*");
  private static final Path RESOURCES = Path.of("src/test/resources");

  private Golden() {}

  /** {@return the file of this name among the test's resources} */
  public static Path file(String name) {
    return RESOURCES.resolve(name);
  }

  /**
   * Fails unless {@code actual} is what the file holds, but for the words of the JSON parser, which
   * are not ours.
   */
  public static void check(Path file, String output) throws IOException {
    String actual = PARSER.matcher(output).replaceAll("json parse error: ...");
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(file, actual);
    }
    assertThat(actual).isEqualTo(Files.readString(file));
  }
}
