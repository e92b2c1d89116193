package dev.portcullis.policy.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.testing.Property;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * The cursor accepts what Jackson accepts, refuses what it refuses, and reads the same values. The
 * one difference: a byte that is not UTF-8 stands for U+FFFD, as in Go, and is no fault.
 */
public class JsonCursorAgainstJacksonTest {
  @Test
  void agreesOnGeneratedDocuments() {
    Property.check(2_000, random -> assertAgrees(RandomJson.document(random)));
  }

  /** A million inputs with {@code -Pfuzz}. */
  @Test
  void agreesOnManyDocuments() {
    var random = new SplittableRandom(20261123);
    for (int i = Integer.getInteger("fuzz.inputs", 30_000); i > 0; i--) {
      assertAgrees(RandomJson.document(random));
    }
  }

  /** Compares both ways through the document with Jackson's. */
  public static void assertAgrees(byte[] document) {
    Tree expected = Tree.parse(document);
    Tree walked = null;
    boolean skipped;
    try {
      var in = new JsonCursor(JsonSlice.of(document), JsonLimits.STANDARD);
      walked = value(in);
      in.end();
    } catch (JsonException refused) {
      walked = null;
    }
    try {
      var in = new JsonCursor(JsonSlice.of(document), JsonLimits.STANDARD);
      in.skipValue();
      in.end();
      skipped = true;
    } catch (JsonException refused) {
      skipped = false;
    }
    String text = new String(document, StandardCharsets.UTF_8);
    assertThat(walked != null).as(text).isEqualTo(expected != null);
    assertThat(skipped).as(text).isEqualTo(expected != null);
    if (isUtf8(document)) {
      assertThat(walked).as(text).isEqualTo(expected);
    }
  }

  private static Tree value(JsonCursor in) throws JsonException {
    if (in.atObject()) {
      var members = new ArrayList<Tree.Member>();
      in.beginObject();
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        members.add(new Tree.Member(name, value(in)));
      }
      return new Tree.Obj(members);
    }
    if (in.atArray()) {
      var elements = new ArrayList<Tree>();
      in.beginArray();
      while (in.nextElement()) {
        elements.add(value(in));
      }
      return new Tree.Arr(elements);
    }
    if (in.atString()) {
      return new Tree.Str(in.readString());
    }
    if (in.readNull()) {
      return new Tree.Null();
    }
    JsonSlice slice = in.sliceValue();
    String text = new String(slice.copy(), StandardCharsets.UTF_8);
    return switch (text) {
      case "true" -> new Tree.Bool(true);
      case "false" -> new Tree.Bool(false);
      default -> new Tree.Num(text);
    };
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException malformed) {
      return false;
    }
  }
}
