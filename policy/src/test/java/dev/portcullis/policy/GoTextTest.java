package dev.portcullis.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.json.JsonCursor;
import dev.portcullis.policy.json.JsonLimits;
import dev.portcullis.policy.json.JsonSlice;
import dev.portcullis.testing.Generate;
import dev.portcullis.testing.Property;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Our quoting and order of texts against what Go 1.26 printed. */
class GoTextTest {
  /** SHA-256 of {@code fmt.Sprintf("%q\n", string(r))} of every rune but surrogates, by Go 1.26. */
  private static final String EVERY_RUNE =
      "4c752b4c6e90df8c641d6ac02a6da80113943bc8fc476c825f27aef51db2a055";

  @Test
  void quotesTextsAsGoDoes() throws Exception {
    List<List<String>> lines = goLines();
    for (List<String> line : lines.subList(0, lines.size() - 1)) {
      assertThat(GoText.quote(line.get(0))).isEqualTo(line.get(1));
    }
  }

  @Test
  void quotesEveryCodePointAsGoDoes() throws Exception {
    var digest = MessageDigest.getInstance("SHA-256");
    for (int rune = 0; rune <= Character.MAX_CODE_POINT; rune++) {
      if (rune < Character.MIN_SURROGATE || rune > Character.MAX_SURROGATE) {
        String line = GoText.quote(Character.toString(rune)) + "\n";
        digest.update(line.getBytes(StandardCharsets.UTF_8));
      }
    }
    assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(EVERY_RUNE);
  }

  @Test
  void sortsAsGoDoes() throws Exception {
    List<String> sorted = goLines().getLast();
    var shuffled = new ArrayList<>(sorted);
    Collections.shuffle(shuffled, new Random(7));
    shuffled.sort(GoText.BYTE_ORDER);
    assertThat(shuffled).isEqualTo(sorted);
  }

  @Test
  void ordersByUtf8Bytes() {
    Property.check(
        1000,
        random -> {
          String start = Generate.text(random, 20);
          assertOrder(start + Generate.text(random, 5), start + Generate.text(random, 5));
          assertOrder(Generate.text(random, 255), Generate.text(random, 255));
        });
  }

  private static void assertOrder(String a, String b) {
    // An unpaired surrogate has no UTF-8 form, and no decoder of ours lets one through.
    String x = wellFormed(a);
    String y = wellFormed(b);
    int bytes =
        Arrays.compareUnsigned(
            x.getBytes(StandardCharsets.UTF_8), y.getBytes(StandardCharsets.UTF_8));
    assertThat(Integer.signum(GoText.BYTE_ORDER.compare(x, y))).isEqualTo(Integer.signum(bytes));
  }

  @Test
  void joinsWithPlainQuotesAndNoEscapes() {
    assertThat(GoText.joinQuoted(List.of())).isEmpty();
    assertThat(GoText.joinQuoted(List.of("a"))).isEqualTo("\"a\"");
    assertThat(GoText.joinQuoted(List.of("a\"b", "", "c\n"))).isEqualTo("\"a\"b\", \"\", \"c\n\"");
  }

  private static String wellFormed(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private static List<List<String>> goLines() throws Exception {
    var lines = new ArrayList<List<String>>();
    for (String line : Files.readAllLines(Path.of("src/test/resources/go-quoted.jsonl"))) {
      var slice = JsonSlice.of(line.getBytes(StandardCharsets.UTF_8));
      var in = new JsonCursor(slice, JsonLimits.STANDARD);
      var texts = new ArrayList<String>();
      in.beginArray();
      while (in.nextElement()) {
        texts.add(in.readString());
      }
      lines.add(texts);
    }
    return lines;
  }
}
