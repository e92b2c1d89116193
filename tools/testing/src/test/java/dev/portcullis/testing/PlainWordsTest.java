package dev.portcullis.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Keeps phrases that readers stumble over out of documentation, Javadoc, comments and messages:
 * {@code banned-phrases.txt} lists them with what to write instead.
 */
class PlainWordsTest {
  private static final Path ROOT = Path.of("../..");
  private static final Set<String> LEFT_OUT =
      Set.of(
          ".git",
          ".tools",
          "target",
          "node_modules",
          "test",
          "admission",
          "cluster",
          "webhook",
          "cli");

  /** A comment, a text block or a string; whatever else stands in a source is code. */
  private static final Pattern TEXT =
      Pattern.compile(
          "/\\*.*?\\*/|//[^\n]*|\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\n])*\"", Pattern.DOTALL);

  private static final Pattern LINE_START = Pattern.compile("\n\\s*(?:\\*|//)?");

  private static final List<Rule> RULES = rules();

  private record Rule(Pattern phrase, String instead) {}

  @Test
  void noBannedPhraseIsLeft() throws IOException {
    List<String> found = new ArrayList<>();
    List<Path> files = files();
    assertThat(files).hasSizeGreaterThan(300);
    for (Path file : files) {
      check(file.toString().substring(ROOT.toString().length() + 1), Files.readString(file), found);
    }
    assertThat(found).as("phrases of banned-phrases.txt").isEmpty();
  }

  @Test
  void findsPhrasesWhereReadersMeetThemAndNotInCode() {
    List<String> found = new ArrayList<>();

    check("a.md", "It\nwill not\nheed it.\n", found);
    check("A.java", "int heed;\n/** It is\n * told twice. */\nString s = \"a miss\";\n", found);

    assertThat(found)
        .containsExactly(
            "a.md:3: heed: observe, read, respect",
            "A.java:2: is told: is configured, is given, is reported",
            "A.java:4: a miss: a negative lookup");
  }

  private static void check(String name, String text, List<String> found) {
    List<MatchResult> parts =
        name.endsWith(".java") ? TEXT.matcher(text).results().toList() : List.of();
    for (Rule rule : RULES) {
      if (name.endsWith(".java")) {
        parts.forEach(part -> check(name, text, part.start(), part.group(), rule, found));
      } else {
        check(name, text, 0, text, rule, found);
      }
    }
  }

  private static List<Rule> rules() {
    try {
      return Files.readAllLines(Path.of("src/test/resources/banned-phrases.txt")).stream()
          .filter(line -> !line.startsWith("#") && !line.isBlank())
          .map(line -> line.split("\t", -1))
          .map(columns ->
              new Rule(
                  Pattern.compile(columns[0].replace(" ", "\\s+"), Pattern.CASE_INSENSITIVE),
                  columns[1]))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void check(
      String name, String whole, int start, String part, Rule rule, List<String> found) {
    // As many characters as before, so that a place in one is the place in the other.
    String flat = LINE_START.matcher(part).replaceAll(gap -> " ".repeat(gap.group().length()));
    var phrases = rule.phrase().matcher(flat);
    while (phrases.find()) {
      String before = whole.substring(0, start + phrases.start());
      long line = 1 + before.chars().filter(c -> c == '\n').count();
      String phrase = phrases.group().replaceAll("\\s+", " ");
      found.add(name + ":" + line + ": " + phrase + ": " + rule.instead());
    }
  }

  private static List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return LEFT_OUT.contains(folder.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = file.getFileName().toString();
            if (attributes.isRegularFile() && (name.endsWith(".md") || name.endsWith(".java"))) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return files.stream().sorted().toList();
  }
}
