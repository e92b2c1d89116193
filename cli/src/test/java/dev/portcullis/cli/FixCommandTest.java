package dev.portcullis.cli;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.checks.Checks;
import dev.portcullis.testing.Golden;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FixCommandTest {
  private static final Path SOURCES = Path.of("src/test/resources/fix");

  @TempDir private Path folder;

  private record Outcome(int exit, String out, String err) {}

  static Stream<String> sources() throws IOException {
    try (var files = Files.list(SOURCES)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("sources")
  void showsTheDiffAndWhatIsLeft(String name) throws IOException {
    Outcome outcome = run("fix", copy(name).toString());

    String shown = outcome.out().replace(folder + "/", "");
    Golden.assertMatches(
        "fix/" + name + ".txt", shown + outcome.err() + "exit " + outcome.exit() + "\n");
    assertThat(folder.resolve(name)).hasSameTextualContentAs(SOURCES.resolve(name));
  }

  @ParameterizedTest
  @MethodSource("sources")
  void writesWhatItShowedAndThenHasNoMoreToDo(String name) throws IOException {
    Path file = copy(name);
    String shown = run("fix", file.toString()).out();
    Outcome written = run("fix", "--write", file.toString());
    String after = Files.readString(file);
    Outcome again = run("fix", file.toString());

    assertThat(written.exit()).isEqualTo(again.exit());
    assertThat(again.out()).doesNotContain("@@");
    assertThat(filter(Files.readString(SOURCES.resolve(name))).out()).isEqualTo(after);
    assertThat(shown.contains("@@"))
        .isEqualTo(!after.equals(Files.readString(SOURCES.resolve(name))));
  }

  @ParameterizedTest
  @MethodSource("sources")
  void keepsLineEndsMarksAndEncodings(String name) throws IOException {
    String source = Files.readString(SOURCES.resolve(name));
    String expected = fixed(name, source, UTF_8);
    String windows = source.replace("\n", "\r\n");

    assertThat(fixed(name, windows, UTF_8)).isEqualTo(expected.replace("\n", "\r\n"));
    assertThat(fixed(name, "\uFEFF" + source, UTF_8)).isEqualTo("\uFEFF" + expected);
    assertThat(fixed(name, "\uFEFF" + windows, UTF_16LE))
        .isEqualTo("\uFEFF" + expected.replace("\n", "\r\n"));
    assertThat(fixed(name, "\uFEFF" + source, UTF_16BE)).isEqualTo("\uFEFF" + expected);
  }

  @Test
  void theTableOfRemediesNamesEveryCheck() throws IOException {
    String table = Files.readString(Path.of("../docs/remedies.md"));

    assertThat(Evaluator.of(Checks.standard()).checks())
        .allMatch(check -> table.contains("| " + check.id()) || table.contains(", " + check.id()));
  }

  @Test
  void safeEditsAloneLeaveTheOthersToYou() throws IOException {
    Outcome outcome = run("fix", "--only", "safe", copy("block.yaml").toString());

    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.out())
        .contains("+            allowPrivilegeEscalation: false")
        .doesNotContain("drop:")
        .contains("capabilities_restricted (may-break)")
        .contains("2 safe edits, 0 edits that may break");
  }

  @Test
  void nothingLeftIsExitZero() throws IOException {
    Path file = copy("block.yaml");

    assertThat(run("fix", file.toString()).exit()).isEqualTo(1);
    assertThat(run("fix", "--write", file.toString()).exit()).isZero();
    assertThat(run("fix", file.toString()))
        .isEqualTo(
            new Outcome(
                0,
                "0 files to change (0 safe edits, 0 edits that may break), 0 workloads with"
                    + " something left to decide.\n",
                ""));
    assertThat(run("check", file.toString()).exit()).isZero();
  }

  @Test
  void levelAndVersionAreThoseOfCheck() throws IOException {
    Path file = copy("removals.yaml");

    assertThat(
            run("fix", "--level", "baseline", "--policy-version", "v1.20", file.toString()).out())
        .contains("capabilities_baseline")
        .doesNotContain("allowPrivilegeEscalation: false");
    assertThat(run("fix", "--level", "privileged", file.toString()).exit()).isZero();
  }

  @Test
  void brokenFilesAreErrorsAndTheOthersAreStillFixed() throws IOException {
    Path broken =
        Files.writeString(folder.resolve("broken.yaml"), "apiVersion: v1\nkind: Pod\na: [\n");
    Path file = copy("block.yaml");

    Outcome outcome = run("fix", "--write", folder.toString());

    assertThat(outcome.exit()).isEqualTo(2);
    assertThat(outcome.err()).contains("error: " + broken);
    assertThat(Files.readString(file)).contains("runAsNonRoot: true");
    assertThat(Files.readString(broken)).isEqualTo("apiVersion: v1\nkind: Pod\na: [\n");
  }

  @Test
  void aLinkOutOfTheFolderIsNotWrittenThrough(@TempDir Path elsewhere) throws IOException {
    Path target = elsewhere.resolve("shared.yaml");
    Files.copy(copy("block.yaml"), target);
    Files.delete(folder.resolve("block.yaml"));
    Path link = Files.createSymbolicLink(folder.resolve("link.yaml"), target);
    String before = Files.readString(target);

    Outcome outcome = run("fix", "--write", folder.toString());

    assertThat(outcome.exit()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            "error: "
                + link
                + ": not written: it is a link to "
                + target.toRealPath()
                + ", outside of what was given\n");
    assertThat(Files.readString(target)).isEqualTo(before);
    assertThat(run("fix", "--write", link.toString()).err()).isEmpty();
    assertThat(Files.readString(target)).isNotEqualTo(before);
    assertThat(link).isSymbolicLink();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"hostNetwork: true", "hostPID: true", "volumes: [{name: v, hostPath: {path: /}}]"})
  void onlySafeEditsAreMadeWhereADecisionIsLeft(String spec) throws IOException {
    String manifest =
        """
        apiVersion: apps/v1
        kind: DaemonSet
        metadata: {name: node}
        spec:
          template:
            spec:
              %s
              containers:
                - name: node
                  image: i
        """
            .formatted(spec);
    Path file = Files.writeString(folder.resolve("ds.yaml"), manifest);

    Outcome outcome = run("fix", "--write", file.toString());

    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(Files.readString(file))
        .contains("seccompProfile")
        .doesNotContain("runAsNonRoot")
        .doesNotContain("ALL");
    assertThat(outcome.out())
        .contains("Not edited: it would be refused all the same until the rest is decided");
    run("fix", "--write", "--partial", file.toString());
    assertThat(Files.readString(file)).contains("runAsNonRoot").contains("ALL");
  }

  @Test
  void linksAndPermissionsStay() throws IOException {
    Path file = copy("block.yaml");
    assumeTrue(
        file.getFileSystem().supportedFileAttributeViews().contains("posix"), "POSIX permissions");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-x---"));
    Path link = Files.createSymbolicLink(folder.resolve("link.yaml"), file.getFileName());

    assertThat(run("fix", "--write", link.toString()).exit()).isZero();

    assertThat(link).isSymbolicLink();
    assertThat(Files.readString(file)).contains("runAsNonRoot: true");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-x---");
    try (var files = Files.list(folder)) {
      assertThat(files.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("block.yaml", "link.yaml");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fix - a.yaml", "fix --write -", "fix --only all a.yaml"})
  void usageErrorsAreExitTwo(String line) {
    assertThat(run(line.split(" ", -1)).exit()).isEqualTo(2);
  }

  @Test
  void aFilterKeepsItsReportOnStandardError() throws IOException {
    Outcome outcome = filter(Files.readString(SOURCES.resolve("decisions.yaml")));

    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.out()).startsWith("apiVersion: apps/v1\n").contains("type: RuntimeDefault");
    assertThat(outcome.err()).contains("Left to you\n  -:1 DaemonSet/agent\n");
  }

  @Test
  void checkEndsWithTheLineThatFixNeeds() throws IOException {
    Path file = Files.move(copy("block.yaml"), folder.resolve("it's.yaml"));
    Outcome outcome =
        run("check", "--level", "restricted", "--policy-version", "v1.30", file.toString());

    assertThat(outcome.out())
        .endsWith(
            "\nTo see what can be fixed: portcullis fix --level restricted --policy-version v1.30 '"
                + folder
                + "/it'\\''s.yaml'\n");
    assertThat(run("check", "--level", "privileged", file.toString()).out())
        .doesNotContain("portcullis fix");
  }

  private String fixed(String name, String text, Charset encoding) throws IOException {
    Path file = Files.write(folder.resolve(name), text.getBytes(encoding));
    run("fix", "--write", file.toString());
    return new String(Files.readAllBytes(file), encoding);
  }

  private Path copy(String name) throws IOException {
    return Files.copy(SOURCES.resolve(name), folder.resolve(name));
  }

  private static Outcome filter(String input) {
    InputStream before = System.in;
    try {
      System.setIn(new ByteArrayInputStream(input.getBytes(UTF_8)));
      return run("fix", "-");
    } finally {
      System.setIn(before);
    }
  }

  private static Outcome run(String... args) {
    var out = new StringWriter();
    var err = new StringWriter();
    var standardOutput = new PrintWriter(out);
    var standardError = new PrintWriter(err);
    int exit = Main.execute(standardOutput, standardError, args);
    standardOutput.flush();
    standardError.flush();
    return new Outcome(exit, out.toString(), err.toString());
  }

  @Test
  void everyStyleThatPeopleWriteHasAFile() throws IOException {
    assertThat(sources().toList())
        .hasSizeGreaterThanOrEqualTo(20)
        .containsAll(List.of("flow.yaml", "compact.json"));
  }
}
