package dev.portcullis.cli;

import dev.portcullis.manifests.files.InputFile;
import dev.portcullis.report.InputError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options that render kustomizations and charts, by the programs that the user has on PATH;
 * nothing is ever downloaded to do it.
 */
final class RenderOptions implements AutoCloseable {
  private static final int MAX_MINUTES = 5;
  private static final int MAX_ERROR_CHARACTERS = 500;

  @Option(
      names = {"-k", "--kustomize"},
      paramLabel = "DIR",
      description =
          "Judge what kustomize build DIR, or kubectl kustomize DIR, renders; repeatable.")
  private List<String> kustomizations = new ArrayList<>();

  @Option(
      names = "--helm",
      paramLabel = "CHART",
      description = "Judge what helm template CHART renders; repeatable.")
  private List<String> charts = new ArrayList<>();

  @Option(
      names = "--values",
      paramLabel = "FILE",
      description = "Values for --helm, as for helm template; repeatable.")
  private List<String> values = new ArrayList<>();

  private final List<Path> temporaries = new ArrayList<>();

  /** {@return whether there is anything to render} */
  boolean isEmpty() {
    return kustomizations.isEmpty() && charts.isEmpty();
  }

  /** {@return these options' folders and charts, in order} */
  List<String> names() {
    var names = new ArrayList<>(kustomizations);
    names.addAll(charts);
    return names;
  }

  /** Renders everything; what fails is an error that has the words of the program. */
  void render(List<InputFile> files, List<InputError> errors) throws IOException {
    for (String folder : kustomizations) {
      String program = onPath("kustomize") != null ? "kustomize" : "kubectl";
      String verb = program.equals("kustomize") ? "build" : "kustomize";
      String argument = folder.startsWith("-") ? "./" + folder : folder;
      render(List.of(program, verb, argument), folder, files, errors);
    }
    for (String chart : charts) {
      var command =
          new ArrayList<>(
              List.of("helm", "template", chart.startsWith("-") ? "./" + chart : chart));
      for (String file : values) {
        command.add("--values");
        command.add(file);
      }
      render(command, chart, files, errors);
    }
  }

  private void render(
      List<String> command, String name, List<InputFile> files, List<InputError> errors)
      throws IOException {
    String program = command.getFirst();
    if (onPath(program) == null) {
      errors.add(
          new InputError(
              name, 0, 0, "there is no " + program + " on PATH to render it; install it"));
      return;
    }
    Path out = temporary(".yaml");
    Path err = temporary(".err");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      if (!process.waitFor(MAX_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        errors.add(new InputError(name, 0, 0, program + " took more than 5 minutes"));
      } else if (process.exitValue() != 0) {
        errors.add(
            new InputError(name, 0, 0, String.join(" ", command) + " failed: " + words(err)));
      } else {
        files.add(new InputFile(name + " (" + program + ")", out));
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + program + " was running", stop);
    }
  }

  private Path temporary(String ending) throws IOException {
    Path file = Files.createTempFile("portcullis-", ending);
    temporaries.add(file);
    return file;
  }

  /** Deletes what was rendered. */
  @Override
  public void close() {
    temporaries.forEach(RenderOptions::delete);
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException left) {
      // The folder is for what may stay behind.
    }
  }

  private static String words(Path err) throws IOException {
    String text = new String(Files.readAllBytes(err), StandardCharsets.UTF_8).strip();
    return text.length() > MAX_ERROR_CHARACTERS
        ? text.substring(0, MAX_ERROR_CHARACTERS) + "..."
        : text;
  }

  private static @Nullable Path onPath(String program) {
    String path = System.getenv("PATH");
    for (String folder : path == null ? new String[0] : path.split(":", -1)) {
      Path file = Path.of(folder.isEmpty() ? "." : folder, program);
      if (Files.isRegularFile(file) && Files.isExecutable(file)) {
        return file;
      }
    }
    return null;
  }
}
