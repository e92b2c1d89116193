package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code probe} against a server that runs, against another's certificate, and against nobody. */
@Timeout(240)
class ProbeCommandTest {
  @TempDir Path folder;

  @Test
  void saysWhetherAServerIsReadyAndTrusted() throws Exception {
    Files.createDirectory(folder.resolve("cluster"));
    Process server = serve();
    Process other = serve();
    try (BufferedReader out = server.inputReader();
        BufferedReader otherOut = other.inputReader()) {
      String url = address(out);
      Path own = authority(out, "own.crt");
      address(otherOut);
      Path foreign = authority(otherOut, "foreign.crt");

      CommandRun ready = CommandRun.of("probe", "--url", url, "--ca-file", own.toString());
      CommandRun untrusted =
          CommandRun.of("probe", "--url", url, "--ca-file", foreign.toString(), "--timeout", "0s");

      assertThat(ready)
          .isEqualTo(
              new CommandRun(
                  0,
                  url + " is ready, and its certificate is trusted" + System.lineSeparator(),
                  ""));
      assertThat(untrusted.code()).isEqualTo(1);
      assertThat(untrusted.out()).isEmpty();
      assertThat(untrusted.err()).startsWith("portcullis probe: " + url + ": ").contains("PKIX");
      assertThat(
              CommandRun.of(
                      "probe",
                      "--url",
                      url.replace("/readyz", "/readyz/nothing"),
                      "--ca-file",
                      own.toString(),
                      "--timeout",
                      "0s")
                  .code())
          .isEqualTo(1);
    } finally {
      server.destroyForcibly();
      other.destroyForcibly();
    }
  }

  @Test
  void saysWhatIsWrongWithTheCommandLine() throws Exception {
    Path empty = Files.writeString(folder.resolve("empty.crt"), "nothing");
    assertThat(CommandRun.of("probe", "--url", "http://localhost/", "--ca-file", empty.toString()))
        .isEqualTo(
            new CommandRun(
                2,
                "",
                "portcullis: --url: an https address is needed, not http://localhost/"
                    + System.lineSeparator()));
    assertThat(CommandRun.of("probe", "--url", "https://localhost/", "--ca-file", "nowhere").err())
        .isEqualTo("portcullis: --ca-file: cannot read nowhere" + System.lineSeparator());
    assertThat(
            CommandRun.of("probe", "--url", "https://localhost/", "--ca-file", empty.toString())
                .code())
        .isEqualTo(2);
  }

  private Process serve() throws Exception {
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Main.class.getName(),
            "serve",
            "--cluster",
            folder.resolve("cluster").toString(),
            "--port",
            "0",
            "--metrics-port",
            "0");
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  private static String address(BufferedReader out) throws Exception {
    return out.readLine().replaceFirst(".* (https://.*)/validate", "$1/readyz");
  }

  private Path authority(BufferedReader out, String name) throws Exception {
    String line = out.readLine();
    while (!line.startsWith("caBundle: ")) {
      line = out.readLine();
    }
    byte[] pem = Base64.getDecoder().decode(line.substring("caBundle: ".length()));
    return Files.write(folder.resolve(name), pem);
  }
}
