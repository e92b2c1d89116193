package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the launchers and the command make of standard streams that are closed, full or left. */
class StreamsTest {
  private static final String SOURCED = ". deploy/dist/streams.sh; ";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(set -- check; %s echo no) >&- | 2 | portcullis: standard output is closed",
        "(set -- check; %s echo no) >&- 2>&- | 2 | ''",
        "(set -- serve; %s echo gone) >&- | 0 | ''",
        "(%s cat) <&- | 0 | ''",
        "(%s echo ok; echo gone >&2) 2>&- | 0 | ok"
      })
  void aClosedStreamIsSeenTo(String script, int code, String text) throws Exception {
    var run = shell(script.formatted(SOURCED));
    assertThat(run.code()).isEqualTo(code);
    assertThat((run.out() + run.err()).strip()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"C, C.UTF-8", "POSIX, C.UTF-8", "no_SUCH.UTF-8, C.UTF-8", "C.UTF-8, C.UTF-8"})
  void namesAreUtf8WhereTheLocaleHasNoneButAscii(String locale, String effective) throws Exception {
    var run =
        shell(
            "unset LANG LC_CTYPE; LC_ALL="
                + locale
                + "; export LC_ALL; "
                + SOURCED
                + "echo $LC_ALL");
    assertThat(run.out().strip()).isEqualTo(effective);
  }

  @Test
  void aFullDiskIsAnErrorWhateverTheFormat() throws Exception {
    assumeTrue(Files.exists(Path.of("/dev/full")), "there is no /dev/full here");
    for (String format : List.of("text", "json", "sarif")) {
      var run = java("check -o " + format + " --level baseline examples/mistakes >/dev/full");
      assertThat(run.code()).isEqualTo(2);
      assertThat(run.err()).contains("portcullis: standard output: No space left on device\n");
    }
  }

  @Test
  void aReaderThatLeavesEndsItQuietly() throws Exception {
    String line =
        "{\\\"id\\\":1,\\\"level\\\":\\\"baseline\\\",\\\"version\\\":\\\"latest\\\",\\\"pod\\\":{\\\"spec\\\":{}}}";
    for (String command : List.of("check -o json examples/mistakes", "evaluate")) {
      var run =
          java(command + " 2>&3 | true; } 3>&2 #", "{ yes \"" + line + "\" | head -n 200000 | ");
      assertThat(run.err()).as(command).isEmpty();
    }
  }

  private static CommandRun java(String command) throws Exception {
    return java(command, "");
  }

  private static CommandRun java(String command, String before) throws Exception {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return shell(
        before
            + Path.of(System.getProperty("java.home"), "bin", "java")
            + " -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '"
            + classPath
            + "' dev.portcullis.cli.Main "
            + command);
  }

  private static CommandRun shell(String script) throws IOException, InterruptedException {
    Path out = Files.createTempFile("portcullis", ".out");
    Path err = Files.createTempFile("portcullis", ".err");
    Process process =
        new ProcessBuilder("sh", "-c", script)
            .directory(Path.of("..").toFile())
            .redirectInput(new java.io.File("/dev/null"))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ends").isTrue();
    var run =
        new CommandRun(
            process.exitValue(),
            Files.readString(out, StandardCharsets.UTF_8),
            Files.readString(err, StandardCharsets.UTF_8));
    Files.delete(out);
    Files.delete(err);
    return run;
  }
}
