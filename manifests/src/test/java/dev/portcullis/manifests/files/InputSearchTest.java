package dev.portcullis.manifests.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputSearchTest {
  @TempDir private Path folder;

  @BeforeEach
  void files() throws IOException {
    for (String name :
        List.of("b.yaml", "a/z.yml", "a/b.json", "a/notes.txt", "c/A.YAML", "empty/x.txt")) {
      write(name, name);
    }
  }

  @Test
  void foldersAreSearchedInTheOrderOfNamesWhateverTheCaseOfTheEnding() {
    assertThat(names(find(""))).containsExactly("a/b.json", "a/z.yml", "b.yaml", "c/A.YAML");
  }

  @Test
  void argumentsKeepTheirOrderAndAFileGivenByNameMayEndInAnything() {
    assertThat(names(find("b.yaml", "a/notes.txt", "-", "a")))
        .containsExactly("b.yaml", "a/notes.txt", "-", "a/b.json", "a/z.yml");
  }

  @Test
  void aFileCountsOnceHoweverItIsReached() throws IOException {
    Files.createSymbolicLink(folder.resolve("a/link.yaml"), folder.resolve("b.yaml"));
    Files.createSymbolicLink(folder.resolve("d"), folder.resolve("a"));
    assertThat(names(find("", "a", "b.yaml", "-", "/dev/stdin")))
        .containsExactly("a/b.json", "a/link.yaml", "a/z.yml", "c/A.YAML", "-");
  }

  @Test
  void linksThatLeadBackEnd() throws IOException {
    Files.createSymbolicLink(folder.resolve("a/loop"), folder);
    assertThat(names(find(""))).hasSize(4);
  }

  @Test
  void whatIsNotThereIsAnError() throws IOException {
    Files.createSymbolicLink(folder.resolve("gone.yaml"), folder.resolve("nowhere"));
    Files.createSymbolicLink(folder.resolve("gone"), folder.resolve("nowhere"));
    assertThat(problems(find("", "no", "gone.yaml", "with\0nul").errors()))
        .containsExactly(
            "gone.yaml: is a link to a file that does not exist",
            "no: no such file or folder",
            "gone.yaml: is a link to a file that does not exist",
            "with\0nul: is no path: Nul character not allowed");
  }

  @Test
  void whatWouldNeverEndIsNotRead() throws Exception {
    var mkfifo = new ProcessBuilder("mkfifo", folder.resolve("pipe.yaml").toString()).start();
    assertThat(mkfifo.waitFor(10, TimeUnit.SECONDS)).isTrue();
    Files.createSymbolicLink(folder.resolve("zero.json"), Path.of("/dev/zero"));
    try (var socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.bind(UnixDomainSocketAddress.of(folder.resolve("s.yml")));
      var search = find("", "pipe.yaml", "zero.json", "s.yml");
      assertThat(names(search)).containsExactly("a/b.json", "a/z.yml", "b.yaml", "c/A.YAML");
      assertThat(problems(search.skipped()))
          .containsExactly(
              "pipe.yaml: a named pipe, not a file",
              "s.yml: a socket, not a file",
              "zero.json: a device, not a file");
      assertThat(problems(search.errors()))
          .containsExactly(
              "pipe.yaml: is a named pipe, not a file; give what it says on standard input:"
                  + " - < FILE",
              "zero.json: is a device, not a file",
              "s.yml: is a socket, not a file");
    }
  }

  @Test
  void aHugeFileIsReadOnlyIfItMentionsAnObject() throws IOException {
    for (String name : List.of("data.json", "pods.json")) {
      try (var file = new RandomAccessFile(folder.resolve(name).toFile(), "rw")) {
        byte[] line =
            "{\"x\":\"yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\"}\n"
                .repeat(20_000)
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        while (file.length() <= InputFile.MAX_BYTES) {
          file.write(line);
        }
        if (name.equals("pods.json")) {
          file.writeBytes("{\"apiVersion\": \"v1\", \"kind\" : \"List\"}");
        }
      }
    }
    var search = find("");
    assertThat(problems(search.skipped()))
        .containsExactly("data.json: larger than 64 MiB, and no Kubernetes object");
    assertThat(names(search)).contains("pods.json").doesNotContain("data.json");
  }

  @Test
  void hiddenNamesModulesAndIgnoredOnesAreLeftOut() throws IOException {
    for (String name :
        List.of(
            ".git/config.yaml",
            ".hidden/x.yaml",
            ".x.yaml",
            "node_modules/m/package.json",
            "a/node_modules/m.yaml",
            "build/out.yaml",
            "a/build/out.yaml",
            "a/skip.yaml",
            "a/keep/gen-1.yaml",
            "a/keep/gen-2.yaml")) {
      write(name, "x");
    }
    write(".gitignore", "build/\ngen-*.yaml\n!gen-2.yaml\n");
    write("a/.portcullisignore", "/skip.yaml\n");
    var search = find("");
    assertThat(names(search))
        .containsExactly("a/b.json", "a/keep/gen-2.yaml", "a/z.yml", "b.yaml", "c/A.YAML");
    assertThat(search.leftOut()).isEqualTo(9);
    // Whoever names a folder or a file wants it.
    assertThat(names(find("build", ".hidden", "a/skip.yaml", "node_modules")))
        .containsExactly(
            "build/out.yaml", ".hidden/x.yaml", "a/skip.yaml", "node_modules/m/package.json");
    // The rules around an argument hold in it.
    assertThat(names(find("a/keep"))).containsExactly("a/keep/gen-2.yaml");
    assertThat(names(find(new SearchOptions(List.of(), true), "")))
        .contains(
            ".hidden/x.yaml",
            ".x.yaml",
            "node_modules/m/package.json",
            "build/out.yaml",
            "a/keep/gen-1.yaml")
        .doesNotContain(".git/config.yaml", "a/skip.yaml");
  }

  @Test
  void patternsOfTheCommandLineLeaveOutFromTheArgumentOn() throws IOException {
    write("charts/x/crds/y.yaml", "x");
    for (String glob : List.of("charts/", "crds", "charts/**", "*/x", "y.yaml", "/charts")) {
      assertThat(names(find(new SearchOptions(List.of(glob), false), "")))
          .as(glob)
          .containsExactly("a/b.json", "a/z.yml", "b.yaml", "c/A.YAML");
    }
    assertThat(names(find(new SearchOptions(List.of("*.[yY]*", "*.json", "!z.yml"), false), "")))
        .containsExactly("a/z.yml");
    assertThat(names(find(new SearchOptions(List.of("b.*"), false), "b.yaml", "a")))
        .containsExactly("a/z.yml");
  }

  @Test
  void aFolderWithoutManifestsIsNoted() throws IOException {
    write("secret/.x.yaml", "x");
    assertThat(notes(find("empty", "secret")))
        .containsExactly(
            "empty holds no *.yaml, *.yml or *.json",
            "secret holds no *.yaml, *.yml or *.json but what is hidden, ignored or excluded"
                + " (--no-ignore reads it)");
  }

  @Test
  void whatAKustomizationNamesAsAPatchIsSkipped() throws IOException {
    for (String name :
        List.of("p/a.yaml", "p/b.yaml", "p/sub/c.yaml", "p/d.yaml", "p/both.yaml", "q/e.yaml")) {
      write(name, "x");
    }
    write(
        "p/kustomization.yaml",
        """
        resources: [d.yaml, ./both.yaml]
        patches:
        - path: a.yaml
        - path: both.yaml
        - patch: |-
            - op: remove
        - target: {kind: Deployment}
          path: sub/c.yaml
        patchesStrategicMerge: [./b.yaml, "$patch: delete"]
        """);
    write("q/kustomization.yml", "patchesJson6902: [{path: e.yaml, target: {name: x}}]");
    var search = find("p", "q", "p/a.yaml");
    assertThat(names(search))
        .containsExactly("p/both.yaml", "p/d.yaml", "p/kustomization.yaml", "q/kustomization.yml");
    assertThat(problems(search.skipped()))
        .containsExactly(
            "p/a.yaml: a patch that a kustomization names",
            "p/b.yaml: a patch that a kustomization names",
            "p/sub/c.yaml: a patch that a kustomization names",
            "q/e.yaml: a patch that a kustomization names");
    assertThat(problems(find("p/sub/c.yaml").skipped())).hasSize(1);
    write("q/kustomization.yml", "patches: [");
    assertThat(names(find("q"))).containsExactly("q/e.yaml", "q/kustomization.yml");
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private InputSearch find(String... arguments) {
    return find(SearchOptions.DEFAULT, arguments);
  }

  private InputSearch find(SearchOptions options, String... arguments) {
    return InputSearch.find(
        java.util.Arrays.stream(arguments)
            .map(name -> name.equals("-") || name.startsWith("/") ? name : folder + "/" + name)
            .map(name -> name.endsWith("/") ? name.substring(0, name.length() - 1) : name)
            .toList(),
        options);
  }

  private List<String> names(InputSearch search) {
    return search.found().stream().map(InputFile::name).map(this::shown).toList();
  }

  private List<String> notes(InputSearch search) {
    return search.notes().stream().map(this::shown).toList();
  }

  private List<String> problems(List<InputSearch.Problem> problems) {
    return problems.stream()
        .map(problem -> shown(problem.name() + ": " + problem.reason()))
        .toList();
  }

  private String shown(String text) {
    return text.replace(folder + "/", "");
  }
}
