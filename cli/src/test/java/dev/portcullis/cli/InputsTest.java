package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputsTest {
  @TempDir private Path folder;

  @BeforeEach
  void files() throws IOException {
    for (String name :
        List.of(
            "b.yaml",
            "a/z.yml",
            "a/b.json",
            "a/notes.txt",
            "c/A.yaml",
            ".git/config.yaml",
            "empty/x.txt")) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, name);
    }
  }

  @Test
  void foldersAreSearchedInTheOrderOfNames() {
    assertThat(names(Inputs.find(List.of(folder.toString()))))
        .containsExactly("a/b.json", "a/z.yml", "b.yaml", "c/A.yaml");
  }

  @Test
  void argumentsKeepTheirOrderAndAFileGivenByNameMayEndInAnything() {
    var inputs =
        Inputs.find(List.of(folder + "/b.yaml", folder + "/a/notes.txt", "-", folder + "/a"));
    assertThat(names(inputs)).containsExactly("b.yaml", "a/notes.txt", "-", "a/b.json", "a/z.yml");
  }

  @Test
  void aFileCountsOnceHoweverItIsReached() throws IOException {
    Files.createSymbolicLink(folder.resolve("a/link.yaml"), folder.resolve("b.yaml"));
    Files.createSymbolicLink(folder.resolve("d"), folder.resolve("a"));
    var inputs =
        Inputs.find(List.of(folder.toString(), folder + "/a", folder + "/b.yaml", "-", "-"));
    assertThat(names(inputs))
        .containsExactly("a/b.json", "a/link.yaml", "a/z.yml", "c/A.yaml", "-");
  }

  @Test
  void linksThatLeadBackEnd() throws IOException {
    Files.createSymbolicLink(folder.resolve("a/loop"), folder);
    assertThat(names(Inputs.find(List.of(folder.toString())))).hasSize(4);
  }

  @Test
  void whatIsNotThereIsAnError() throws IOException {
    Files.createSymbolicLink(folder.resolve("gone.yaml"), folder.resolve("nowhere"));
    Files.createSymbolicLink(folder.resolve("gone"), folder.resolve("nowhere"));
    var inputs = Inputs.find(List.of(folder.toString(), folder + "/no", "with\0nul"));
    assertThat(inputs.errors())
        .map(error -> error.toString().replace(folder + "/", ""))
        .containsExactly(
            "gone.yaml: no such file or folder",
            "no: no such file or folder",
            "with\0nul: is no path: Nul character not allowed");
  }

  @Test
  void aFolderWithoutManifestsIsNoted() {
    var inputs = Inputs.find(List.of(folder + "/empty"));
    assertThat(inputs.found()).isEmpty();
    assertThat(inputs.notes()).containsExactly(folder + "/empty holds no *.yaml, *.yml or *.json");
  }

  private List<String> names(Inputs inputs) {
    return inputs.found().stream().map(input -> input.name().replace(folder + "/", "")).toList();
  }
}
