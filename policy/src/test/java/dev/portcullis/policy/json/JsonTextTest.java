package dev.portcullis.policy.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.testing.Generate;
import dev.portcullis.testing.Property;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JsonTextTest {
  @Test
  void quotesAsGoDoes() {
    assertThat(quoted("a\"\\\n\r\t\b\f\u0001<>&\u2028\u2029é😀/"))
        .isEqualTo("\"a\\\"\\\\\\n\\r\\t\\b\\f\\u0001\\u003c\\u003e\\u0026\\u2028\\u2029é😀/\"");
    assertThat(quoted("\ud83d-\ude00")).isEqualTo("\"\\ufffd-\\ufffd\"");
  }

  @Test
  void whatIsQuotedIsReadBack() {
    Property.check(1000, random -> assertReadsBack(Generate.text(random, 255)));
  }

  private static void assertReadsBack(String text) throws JsonException {
    String clean =
        new String(
            text.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.UTF_16BE); // no lone halves
    byte[] json = quoted(clean).getBytes(StandardCharsets.UTF_8);
    var in = new JsonCursor(JsonSlice.of(json), JsonLimits.STANDARD);
    assertThat(in.readString()).isEqualTo(clean);
    in.end();
  }

  private static String quoted(String text) {
    var out = new StringBuilder();
    JsonText.appendQuoted(out, text);
    return out.toString();
  }
}
