package dev.portcullis.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir private Path folder;

  @Test
  void aFailureLeavesWhatWasThereAndNothingElse() throws IOException {
    Path old = Files.writeString(folder.resolve("old"), "old");
    for (Path file : new Path[] {old, folder.resolve("new")}) {
      assertThatThrownBy(() ->
              AtomicFile.write(
                  file,
                  out -> {
                    out.write("half");
                    throw new IOException("the disk is full");
                  }))
          .hasMessage("the disk is full");
    }
    assertThat(names()).containsExactly("old");
    assertThat(Files.readString(old)).isEqualTo("old");
  }

  @Test
  void linksPermissionsAndOtherNamesStay() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("file"));
    AtomicFile.write(link, out -> out.write("größe"));
    assertThat(link).isSymbolicLink();
    assertThat(Files.readString(file)).isEqualTo("größe");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");

    Path twin = Files.createLink(folder.resolve("twin"), file);
    byte[] before = Files.readAllBytes(file);
    AtomicFile.replace(file, before, "new".getBytes(StandardCharsets.UTF_8));
    assertThat(Files.readString(twin)).isEqualTo("new");
    assertThat(names()).containsExactly("file", "link", "twin");
  }

  @Test
  void devicesAreWrittenToAndMissingFoldersNamed() throws IOException {
    AtomicFile.write(Path.of("/dev/null"), out -> out.write("x"));
    Path nowhere = folder.resolve("no/file");
    assertThatThrownBy(() -> AtomicFile.write(nowhere, out -> out.write("x")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage(nowhere.toString());
  }

  private Stream<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
    }
  }
}
