package dev.portcullis.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The programs on docs/java.md are those that are compiled and run here, with their outputs. */
class JavaPageTest {
  private static final Path ROOT = Path.of("..");
  private static final Path SOURCES = Path.of("src/test/java/dev/portcullis/docs");
  private static final Path PAGE = ROOT.resolve("docs/java.md");

  @ParameterizedTest
  @ValueSource(classes = {EvaluatePod.class, FindLines.class, PlanRemedies.class})
  void thePageShowsTheProgramAndItsOutput(Class<?> program) throws Exception {
    String expected =
        "```java\n"
            + source(program)
            + "```\n\nIt prints:\n\n```text\n"
            + output(program)
            + "```\n";

    assertThat(Files.readString(PAGE)).contains(expected);
  }

  @Test
  void thePageShowsNoOtherProgram() throws Exception {
    assertThat(blocks(PAGE, "java"))
        .containsExactly(
            source(EvaluatePod.class), source(FindLines.class), source(PlanRemedies.class));
  }

  @Test
  void theReadmesShowTheFirstProgram() throws Exception {
    for (String readme : List.of("README.md", "README.ja.md")) {
      assertThat(blocks(ROOT.resolve(readme), "java"))
          .as(readme)
          .containsExactly(source(EvaluatePod.class));
    }
  }

  @Test
  void theCoordinatesAreThoseOfTheBuild() throws Exception {
    String version =
        find("<artifactId>portcullis</artifactId>\\s*<version>([^<]+)</version>", "pom.xml");
    for (Path page : List.of(PAGE, ROOT.resolve("README.md"), ROOT.resolve("README.ja.md"))) {
      assertThat(blocks(page, "xml")).as("%s", page).isNotEmpty();
      for (String block : blocks(page, "xml")) {
        assertThat(block).contains("<groupId>dev.portcullis</groupId>");
        assertThat(block).contains("<version>" + version + "</version>");
      }
      for (MatchResult artifact :
          Pattern.compile("<artifactId>portcullis-(\\w+)</artifactId>")
              .matcher(Files.readString(page))
              .results()
              .toList()) {
        assertThat(
                find("<artifactId>(portcullis-\\w+)</artifactId>", artifact.group(1) + "/pom.xml"))
            .isEqualTo("portcullis-" + artifact.group(1));
      }
    }
  }

  private static String find(String pattern, String file) throws Exception {
    var matcher = Pattern.compile(pattern).matcher(Files.readString(ROOT.resolve(file)));
    assertThat(matcher.find()).as("%s in %s", pattern, file).isTrue();
    return matcher.group(1);
  }

  private static String source(Class<?> program) throws Exception {
    String text = Files.readString(SOURCES.resolve(program.getSimpleName() + ".java"));
    return text.substring(text.indexOf("import "));
  }

  private static String output(Class<?> program) throws Exception {
    PrintStream before = System.out;
    var bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      program.getMethod("main", String[].class).invoke(null, (Object) new String[0]);
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
  }

  private static List<String> blocks(Path page, String language) throws Exception {
    return Pattern.compile("(?ms)^```" + language + "\n(.*?)^```$")
        .matcher(Files.readString(page))
        .results()
        .map(block -> block.group(1))
        .toList();
  }
}
