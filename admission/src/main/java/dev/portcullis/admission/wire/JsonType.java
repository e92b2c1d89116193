package dev.portcullis.admission.wire;

import dev.portcullis.policy.json.JsonCursor;
import dev.portcullis.policy.json.JsonException;

/** The kinds of JSON values, as Go's errors name them. */
public final class JsonType {
  private JsonType() {}

  /** {@return what stands here, which is passed}; null is not asked for. */
  public static String pass(JsonCursor in) throws JsonException {
    var value = in.sliceValue();
    return switch (value.bytes()[value.offset()]) {
      case '{' -> "object";
      case '[' -> "array";
      case '"' -> "string";
      case 't', 'f' -> "bool";
      default -> "number";
    };
  }
}
