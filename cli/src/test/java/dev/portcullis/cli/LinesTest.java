package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.json.JsonSlice;
import dev.portcullis.testing.Generate;
import dev.portcullis.testing.Property;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinesTest {
  @Test
  void cutsAsAnObviousSplitDoesHoweverTheStreamArrives() {
    Property.check(
        1000,
        random -> {
          String text = Generate.joined(random, 255, List.of("a", "b", "c", "\n"));
          int chunk = random.nextInt(1, 6);
          assertThat(read(new Lines(drip(text, chunk), 1000)))
              .as("%s bytes a read of %s", chunk, text)
              .isEqualTo(text.lines().toList());
        });
  }

  @Test
  void passesOverALineThatIsTooLong() throws IOException {
    String text = "short\n" + "x".repeat(2_000_000) + "\nlast";
    assertThat(read(new Lines(drip(text, 70_000), 1_000_000)))
        .containsExactly("short", "<too long>", "last");
  }

  @Test
  void aLineThatIsTooLongMayBeTheLast() throws IOException {
    assertThat(read(new Lines(drip("a\n" + "x".repeat(50), 7), 10)))
        .containsExactly("a", "<too long>");
  }

  @Test
  void aLineOfExactlyTheLimitPasses() throws IOException {
    assertThat(read(new Lines(drip("xxxxxxxxxx\nxxxxxxxxxxx\n", 3), 10)))
        .containsExactly("xxxxxxxxxx", "<too long>");
  }

  @Test
  void takesCarriageReturnsOff() throws IOException {
    assertThat(read(new Lines(drip("a\r\n\r\nb", 2), 100))).containsExactly("a", "", "b");
  }

  private static List<String> read(Lines lines) throws IOException {
    var all = new ArrayList<String>();
    for (JsonSlice line = lines.next(); line != null; line = lines.next()) {
      all.add(lines.tooLong() ? "<too long>" : new String(line.copy(), StandardCharsets.UTF_8));
    }
    return all;
  }

  /** A stream that gives at most {@code chunk} bytes a read. */
  private static InputStream drip(String text, int chunk) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
      @Override
      public synchronized int read(byte[] into, int offset, int length) {
        return super.read(into, offset, Math.min(chunk, length));
      }
    };
  }
}
