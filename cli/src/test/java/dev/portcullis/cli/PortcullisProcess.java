package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command as a process of its own, started in the project's root. */
final class PortcullisProcess {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private final List<String> jvmOptions = new ArrayList<>();
  private final ProcessBuilder builder = new ProcessBuilder().directory(ROOT.toFile());

  PortcullisProcess jvmOption(String option) {
    jvmOptions.add(option);
    return this;
  }

  PortcullisProcess environment(String name, String value) {
    builder.environment().put(name, value);
    return this;
  }

  /** Runs it to its end with this standard input. */
  CommandRun run(String input, String... arguments) throws IOException, InterruptedException {
    Path in = Files.createTempFile("portcullis", ".in");
    Path out = Files.createTempFile("portcullis", ".out");
    Path err = Files.createTempFile("portcullis", ".err");
    Files.writeString(in, input);
    var command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", classPath()));
    command.addAll(jvmOptions);
    command.add(Main.class.getName());
    command.addAll(List.of(arguments));
    Process process =
        builder
            .command(command)
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ends").isTrue();
    var run = new CommandRun(process.exitValue(), text(out), text(err));
    for (Path file : List.of(in, out, err)) {
      Files.delete(file);
    }
    return run;
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }
}
