package dev.portcullis.cluster;

import static dev.portcullis.cluster.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FilePollerTest {
  @TempDir Path folder;

  private final List<String> loaded = new CopyOnWriteArrayList<>();

  @Test
  void aChangeBetweenReadingAndFollowingIsNotLost() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "first");
    FileTrace trace = load(file);
    replace(file, "changed before anybody followed");
    try (var poller = new FilePoller(Duration.ofMillis(10))) {
      poller.follow(trace, () -> load(file));
      await(() -> loaded.contains("changed before anybody followed"));
    }
    assertThat(loaded).containsExactly("first", "changed before anybody followed");
  }

  @Test
  void aFileThatIsNamedLaterIsFollowedFromThenOn() throws Exception {
    Path inner = Files.writeString(folder.resolve("inner"), "one");
    Path other = Files.writeString(folder.resolve("other"), "two");
    Path outer = Files.writeString(folder.resolve("outer"), "inner");
    try (var poller = new FilePoller(Duration.ofMillis(10))) {
      poller.follow(loadNamed(outer), () -> loadNamed(outer));
      replace(inner, "one again");
      await(() -> loaded.contains("one again"));
      replace(outer, "other");
      await(() -> loaded.contains("two"));
      replace(other, "two again");
      await(() -> loaded.contains("two again"));
    }
    assertThat(inner).hasContent("one again");
  }

  @Test
  void aFileThatIsMissingIsFollowed() throws Exception {
    Path file = folder.resolve("file");
    var trace = new FileTrace();
    assertThatThrownBy(() -> trace.read(file)).isInstanceOf(NoSuchFileException.class);
    try (var poller = new FilePoller(Duration.ofMillis(10))) {
      poller.follow(trace, () -> load(file));
      replace(file, "there");
      await(() -> loaded.contains("there"));
    }
  }

  @Test
  void aFailureOfTheReloadDoesNotEndTheFollowing() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "first");
    try (var poller = new FilePoller(Duration.ofMillis(10))) {
      poller.follow(
          load(file),
          () -> {
            FileTrace trace = load(file);
            if (loaded.getLast().equals("fails")) {
              throw new StackOverflowError("as if");
            }
            return trace;
          });
      replace(file, "fails");
      await(() -> loaded.contains("fails"));
      replace(file, "works again");
      await(() -> loaded.contains("works again"));
    }
    assertThat(loaded).containsExactly("first", "fails", "works again");
  }

  @Test
  void whatIsTooLargeIsRefused() throws Exception {
    Path file = folder.resolve("file");
    Files.write(file, new byte[(16 << 20) + 1]);
    assertThatThrownBy(() -> new FileTrace().read(file))
        .isInstanceOf(IOException.class)
        .hasMessage(file + " is larger than 16777216 bytes");
  }

  /** At once: a file that is written where it is can be read half. */
  private void replace(Path file, String text) throws IOException {
    Path fresh = Files.writeString(folder.resolve("fresh"), text);
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private FileTrace load(Path file) {
    var trace = new FileTrace();
    loaded.add(text(trace, file));
    return trace;
  }

  private FileTrace loadNamed(Path outer) {
    var trace = new FileTrace();
    loaded.add(text(trace, folder.resolve(text(trace, outer))));
    return trace;
  }

  private static String text(FileTrace trace, Path file) {
    try {
      return new String(trace.read(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
