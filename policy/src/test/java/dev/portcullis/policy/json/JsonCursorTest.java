package dev.portcullis.policy.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCursorTest {
  private static final JsonNames NAMES = JsonNames.of("a", "hostNetwork", "é");

  @Test
  void namesAreComparedWithTheirEscapesResolved() throws Exception {
    var in =
        cursor("{\"\\u0061\":1,\"hostNetwork\":2,\"\\u0068ostNetwork\":3,\"A\":4,\"é\":5,\"\":6}");
    in.beginObject();
    var found = new StringBuilder();
    for (int name = in.nextName(NAMES); name != JsonCursor.END; name = in.nextName(NAMES)) {
      found.append(name).append('=').append(in.readLong()).append(' ');
    }
    in.end();
    assertThat(found).hasToString("0=1 1=2 1=3 -2=4 2=5 -2=6 ");
  }

  @Test
  void namesLeftOutAreUnknownAndTheOthersKeepTheirNumbers() throws Exception {
    JsonNames some = NAMES.without("a");
    var in = cursor("{\"a\":1,\"\\u0061\":2,\"hostNetwork\":3,\"h\\u006fstNetwork\":4,\"é\":5}");
    in.beginObject();
    var found = new StringBuilder();
    for (int name = in.nextName(some); name != JsonCursor.END; name = in.nextName(some)) {
      found.append(name).append('=').append(in.readLong()).append(' ');
    }
    in.end();
    assertThat(found).hasToString("-2=1 -2=2 1=3 1=4 2=5 ");
    assertThatThrownBy(() -> NAMES.without("b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("[b] are not all among [a, hostNetwork, é]");
  }

  @Test
  void knownTextsAreShared() throws Exception {
    assertThat(cursor("\"hostNetwork\"").readString(NAMES)).isSameAs(NAMES.name(1));
    assertThat(cursor("\"a\\u0062\"").readString(NAMES)).isEqualTo("ab");
    assertThat(cursor("\"other\"").readString(NAMES)).isEqualTo("other");
  }

  @Test
  void aNameGivenTwiceIsAProgrammersError() {
    assertThatThrownBy(() -> JsonNames.of("a", "b", "a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a name is given twice: [a, b, a]");
  }

  @Test
  void bytesThatAreNotUtf8BecomeReplacementsAsInGo() throws Exception {
    assertThat(decoded(0xE2, 0x82)).isEqualTo("\uFFFD\uFFFD");
    assertThat(decoded(0xED, 0xA0, 0x80)).isEqualTo("\uFFFD\uFFFD\uFFFD");
    assertThat(decoded(0xF4, 0x90, 0x80, 0x80)).isEqualTo("\uFFFD\uFFFD\uFFFD\uFFFD");
    assertThat(decoded(0xC0, 0xAF)).isEqualTo("\uFFFD\uFFFD");
    assertThat(decoded(0xFF, 'a')).isEqualTo("\uFFFDa");
    assertThat(decoded(0xF0, 0x9F, 0x98, 0x80)).isEqualTo("😀");
    assertThat(decoded(0xEF, 0xBF, 0xBF, 0xC2, 0x80)).isEqualTo("\uFFFF\u0080");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "\\ud83d"             | \uFFFD
          "\\ud83d\\ud83d\\ude00" | \uFFFD😀
          "\\ude00\\ud83d"      | \uFFFD\uFFFD
          "\\ud83dx"           | \uFFFDx
          "\\ud83d\\u0041"      | \uFFFDA
          "\\uD83D\\uDE00"      | 😀
          "a\\/\\"\\\\"          | a/"\\
          """)
  void escapesAreResolvedAsInGo(String json, String text) throws Exception {
    assertThat(cursor(json).readString()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "-0,0",
    "7,7",
    "-7,-7",
    "9223372036854775807,9223372036854775807",
    "-9223372036854775808,-9223372036854775808"
  })
  void readsIntegers(String json, long value) throws Exception {
    assertThat(cursor(json).readLong()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9223372036854775808",
        "-9223372036854775809",
        "99999999999999999999",
        "1.0",
        "1e0",
        "0.0",
        "\"1\"",
        "true",
        "null",
        "[]",
        "{}",
        "+1",
        ".5",
        "-",
        "-a",
        "NaN",
        ""
      })
  void refusesWhatIsNoInteger(String json) {
    assertThatThrownBy(() -> cursor(json).readLong()).isInstanceOf(JsonException.class);
  }

  @Test
  void saysWhereAndWhat() {
    assertFault(
        () -> nested("{\"spec\":{\"a b\":[1,{\"x\":tru}]}}"),
        "spec[\"a b\"][1].x: unknown word, expected true, false or null");
    assertFault(() -> nested("{\"a\":[1,2"), "a[1]: the document ends too early");
    assertFault(() -> nested("{\"a\":1,}"), "expected a member name in double quotes (byte 7)");
    assertFault(
        () -> nested("{\"a\":{\"b\":1,\"\\u12\":2}}"),
        "a: \\u must be followed by four hexadecimal digits");
    assertFault(() -> nested("{\"a\" 1}"), "a: expected ':' after a member name");
    assertFault(() -> nested("[1 2]"), "[0]: expected ',' or ']' in the list");
    assertFault(() -> nested("{\"a\":1 \"b\":2}"), "a: expected ',' or '}' in the object");
    assertFault(() -> nested("[01]"), "[0]: expected ',' or ']' in the list");
    assertFault(() -> nested("[1.]"), "[0]: a digit is missing in a number");
    assertFault(() -> nested("[\"\\x41\"]"), "[0]: unknown escape in a string");
    assertFault(
        () -> nested("[\"\\u12\"]"), "[0]: \\u must be followed by four hexadecimal digits");
    assertFault(
        () -> nested("[\"a\nb\"]"), "[0]: a control character stands unescaped in a string");
    assertFault(() -> nested("[\"abc"), "[0]: a string has no end");
    assertFault(() -> nested("['a']"), "[0]: unexpected ''' where a value should be");
    assertFault(() -> nested("// x"), "unexpected '/' where a value should be (byte 0)");
    assertFault(() -> nested("{} x"), "unexpected 'x' after the end of the document (byte 3)");
    assertFault(() -> nested("\uFEFF{}"), "unexpected byte 0xef where a value should be (byte 0)");
    assertFault(() -> cursor("[]").beginObject(), "must be an object, found a list (byte 0)");
    assertFault(
        () -> cursor("\"x\"").readBoolean(), "must be true or false, found a string (byte 0)");
    assertFault(() -> cursor("3000000000").readInt(), "does not fit 32 bits: 3000000000 (byte 0)");
    assertFault(
        () -> cursor("9".repeat(70)).readLong(),
        "does not fit 64 bits: " + "9".repeat(64) + "... (byte 0)");
  }

  @Test
  void aBrokenNameIsAFaultOfItsObject() throws Exception {
    // Once the path of the fault was made of the very name that is broken.
    for (String name : new String[] {"\\ud83d\\u", "\\", "\\u1", "\u0001", "\\ud83d"}) {
      var in = cursor("{\"a\":[{\"" + name);
      in.beginObject();
      in.nextName();
      in.beginArray();
      in.nextElement();
      in.beginObject();
      assertThatThrownBy(() -> in.nextName(NAMES))
          .isInstanceOf(JsonException.class)
          .hasMessageStartingWith("a[0]: ");
    }
  }

  @Test
  void nestingHasALimitWhicheverWayItIsPassed() throws Exception {
    for (int depth : new int[] {61, 62, 63, 64, 65, 128, 9_999, 10_000}) {
      nested("[".repeat(depth) + "]".repeat(depth));
      nested("{\"a\":".repeat(depth) + "1" + "}".repeat(depth));
    }
    assertThatThrownBy(() -> nested("[".repeat(10_001) + "]".repeat(10_001)))
        .hasMessageEndingWith("nested deeper than 10000 levels")
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(700));
    assertThatThrownBy(() -> nested("{\"a\":".repeat(10_001)))
        .hasMessageEndingWith("nested deeper than 10000 levels");
    assertThatThrownBy(() -> nested("[".repeat(1_000_000)))
        .hasMessageEndingWith("nested deeper than 10000 levels");
  }

  @Test
  void lengthAndElementsHaveLimits() throws Exception {
    var limits = new JsonLimits(10, 3, 2);
    assertFault(
        () -> new JsonCursor(slice("[1,2,3,4,5]"), limits),
        "the document has 11 bytes, the limit is 10 (byte 0)");
    var in = new JsonCursor(slice("[1,2,3]"), limits);
    in.beginArray();
    for (int i = 0; i < 2; i++) {
      in.nextElement();
      in.countElement();
      in.skipValue();
    }
    in.nextElement();
    assertFault(in::countElement, "[2]: more than 2 elements in one document");
    assertFault(
        () -> new JsonCursor(slice("[[[[]]]]"), limits).skipValue(),
        "[0][0][0]: nested deeper than 3 levels");
    assertThatThrownBy(() -> new JsonLimits(1, 0, 1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSliceIsReadWithinItsBounds() throws Exception {
    byte[] bytes = "xx[12]345".getBytes(StandardCharsets.UTF_8);
    for (int length = 0; length < 4; length++) {
      var shorter = new JsonSlice(bytes, 2, length);
      assertThatThrownBy(() -> new JsonCursor(shorter, JsonLimits.STANDARD).skipValue())
          .isInstanceOf(JsonException.class);
    }
    var in = new JsonCursor(new JsonSlice(bytes, 2, 4), JsonLimits.STANDARD);
    assertThat(in.sliceValue()).isEqualTo(slice("[12]"));
    in.end();
    assertThatThrownBy(() -> new JsonSlice(bytes, 5, 5))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(slice("null").isNull()).isTrue();
    assertThat(slice("").isNull()).isTrue();
    assertThat(slice("\"secret\"")).hasToString("JsonSlice[8 bytes]");
  }

  private static String decoded(int... bytes) throws JsonException {
    byte[] json = new byte[bytes.length + 2];
    json[0] = '"';
    for (int i = 0; i < bytes.length; i++) {
      json[i + 1] = (byte) bytes[i];
    }
    json[bytes.length + 1] = '"';
    return new JsonCursor(JsonSlice.of(json), JsonLimits.STANDARD).readString();
  }

  private static void nested(String json) throws JsonException {
    var in = cursor(json);
    in.skipValue();
    in.end();
  }

  private static JsonCursor cursor(String json) throws JsonException {
    return new JsonCursor(slice(json), JsonLimits.STANDARD);
  }

  private static JsonSlice slice(String json) {
    return JsonSlice.of(json.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertFault(ThrowingCallable action, String message) {
    assertThatThrownBy(action).isInstanceOf(JsonException.class).hasMessage(message);
  }
}
