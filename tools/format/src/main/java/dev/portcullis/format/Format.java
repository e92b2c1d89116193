package dev.portcullis.format;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks or writes the format of every Java file below a folder: {@code Format check|write FOLDER}.
 *
 * <p>Run by the build on the chosen JDK, because google-java-format parses with the javac that it
 * runs on and Maven may run on an older one than the sources are written for.
 */
final class Format {

  /** What was found in one file; {@code difference} is empty if there is nothing to do. */
  record Outcome(Path file, String difference, String formatted) {}

  private Format() {}

  public static void main(String[] args) throws IOException {
    if (args.length != 2 || !List.of("check", "write").contains(args[0])) {
      System.err.println("usage: Format check|write FOLDER");
      System.exit(2);
    }
    var root = Path.of(args[1]).toAbsolutePath().normalize();
    var wrong =
        javaFiles(root).parallelStream()
            .map(Format::examine)
            .filter(outcome -> !outcome.difference().isEmpty())
            .toList();
    var failed = false;
    for (var outcome : wrong) {
      var name = root.relativize(outcome.file());
      if (args[0].equals("write") && !outcome.formatted().isEmpty()) {
        Files.writeString(outcome.file(), outcome.formatted());
        System.out.println("formatted " + name);
      } else {
        failed = true;
        System.err.println(name + ": " + outcome.difference());
      }
    }
    if (failed) {
      System.err.println("To format everything: ./mvnw -q -pl tools/format verify -Dformat=write");
      System.exit(1);
    }
  }

  private static List<Path> javaFiles(Path root) throws IOException {
    var files = new ArrayList<Path>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            var name = folder.getFileName().toString();
            var skipped = name.equals("target") || (name.startsWith(".") && !folder.equals(root));
            return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java")) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    files.sort(null);
    return files;
  }

  private static Outcome examine(Path file) {
    try {
      var source = Files.readString(file);
      var formatted = new Formatter().formatSourceAndFixImports(source);
      return new Outcome(file, difference(source, formatted), formatted);
    } catch (FormatterException e) {
      return new Outcome(file, "cannot be parsed: " + e.getMessage(), "");
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  private static String difference(String source, String formatted) {
    if (source.equals(formatted)) {
      return "";
    }
    var is = source.lines().toList();
    var should = formatted.lines().toList();
    var line = 0;
    while (line < is.size() && line < should.size() && is.get(line).equals(should.get(line))) {
      line++;
    }
    var expected = line < should.size() ? should.get(line) : "(end of file)";
    return "not formatted from line %d on, expected: %s".formatted(line + 1, expected);
  }
}
