package dev.portcullis.manifests.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.manifests.ManifestFile;
import dev.portcullis.manifests.ManifestReader;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.Level;
import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.Version;
import dev.portcullis.policy.checks.Checks;
import dev.portcullis.policy.remedy.Edit;
import dev.portcullis.policy.remedy.Remedies;
import dev.portcullis.policy.remedy.Risk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ManifestEditorTest {
  private static final ManifestReader READER = new ManifestReader();
  private static final ManifestEditor EDITOR = new ManifestEditor(READER);
  private static final Remedies REMEDIES = Remedies.of(Evaluator.of(Checks.standard()));
  private static final LevelVersion RESTRICTED = new LevelVersion(Level.RESTRICTED, Version.LATEST);
  private static final List<Path> CORPORA =
      List.of(Path.of("src/test/resources/corpus"), Path.of("../examples"));
  private static final int FILES = Integer.getInteger("editor.files", 300);

  /** The text edited until nothing can be planned or written. */
  private record Outcome(ManifestFile before, ManifestFile after, int refused) {
    List<String> commentsLost() {
      var now = new HashSet<>(comments(after.source().text()));
      return comments(before.source().text()).stream()
          .filter(comment -> !now.contains(comment))
          .toList();
    }

    private static List<String> comments(String text) {
      return text.lines().map(String::strip).filter(line -> line.startsWith("#")).toList();
    }
  }

  @Test
  void generatedTextsPassAfterwardsAndKeepTheirComments() {
    for (long seed = 0; seed < FILES; seed++) {
      String text = StyledManifest.of(seed);
      Outcome outcome = fix("f.yaml", text);

      assertThat(outcome.before().errors()).as("seed %s:%n%s", seed, text).isEmpty();
      assertThat(outcome.refused()).as("seed %s:%n%s", seed, text).isZero();
      assertThat(outcome.after().workloads())
          .as("seed %s:%n%s%n%s", seed, text, outcome.after().source().text())
          .allMatch(workload ->
              REMEDIES.plan(RESTRICTED, workload.pod(), Risk.MAY_BREAK).edits().isEmpty());
      assertThat(outcome.commentsLost()).as("seed %s:%n%s", seed, text).isEmpty();
    }
  }

  @Test
  void corporaKeepTheirCommentsAndOnlyLoseLinesThatChange() throws IOException {
    int edited = 0;
    for (Path corpus : CORPORA) {
      for (Path file : manifests(corpus)) {
        String text = Files.readString(file);
        Outcome outcome = fix(file.toString(), text);
        assertThat(outcome.commentsLost()).as("%s", file).isEmpty();
        assertThat(lostLines(text, outcome.after().source().text())).as("%s", file).isEmpty();
        edited += outcome.after().source().text().equals(outcome.before().source().text()) ? 0 : 1;
      }
    }
    assertThat(edited).isGreaterThan(10);
  }

  private static List<Path> manifests(Path corpus) throws IOException {
    try (var all = Files.walk(corpus)) {
      return all.filter(path -> path.toString().matches(".*\\.(yaml|yml|json)")).sorted().toList();
    }
  }

  /** Lines that are gone though nothing in them is what an edit may replace or take away. */
  private static List<String> lostLines(String before, String after) {
    Set<String> now = new HashSet<>(after.lines().toList());
    return before
        .lines()
        .filter(line -> !now.contains(line) && !now.contains(line + ","))
        .filter(line ->
            !line.matches(
                ".*(allowPrivilegeEscalation|securityContext|[cC]apabilities|add|drop|host|SYS_|NET_|type|[lL]evel|IPC_|[A-Z_]+\\b).*"))
        .toList();
  }

  @Test
  void anEditThatWouldReachFurtherIsRefused() {
    ManifestFile file =
        READER.read(
            "a.yaml",
            bytes(
                """
                apiVersion: v1
                kind: Pod
                spec:
                  containers:
                  - securityContext: &c {runAsUser: 1}
                    image: web:1
                  - securityContext: *c
                    image: web:1
                """));
    assertRefused(
        file,
        List.of("spec", "containers", "0", "securityContext", "runAsNonRoot"),
        "the change would reach further than /spec/containers/0/securityContext/runAsNonRoot");
    assertRefused(
        file,
        List.of("spec", "containers", "1", "securityContext", "runAsNonRoot"),
        "it is shared: *c stands for the anchor in line 5");
    assertRefused(file, List.of("spec", "containers", "7", "x"), "there is no element 7");
  }

  private static void assertRefused(ManifestFile file, List<String> path, String reason) {
    assertThatThrownBy(() -> EDITOR.apply(file, 0, new Edit(Edit.Op.ADD, path, "true")))
        .isInstanceOf(EditException.class)
        .hasMessage(reason);
  }

  private static Outcome fix(String name, String text) {
    ManifestFile before = READER.read(name, bytes(text));
    ManifestFile now = before;
    Set<Edit> refused = new HashSet<>();
    int refusals = 0;
    for (int i = 0; i < before.workloads().size(); i++) {
      refused.clear();
      for (Edit next = next(now, i, refused); next != null; next = next(now, i, refused)) {
        try {
          now = EDITOR.apply(now, i, next);
        } catch (EditException impossible) {
          refused.add(next);
        }
      }
      refusals += refused.size();
    }
    return new Outcome(before, now, refusals);
  }

  private static Edit next(ManifestFile file, int workload, Set<Edit> refused) {
    return REMEDIES
        .plan(RESTRICTED, file.workloads().get(workload).pod(), Risk.MAY_BREAK)
        .edits()
        .stream()
        .filter(edit -> !refused.contains(edit))
        .findFirst()
        .orElse(null);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
