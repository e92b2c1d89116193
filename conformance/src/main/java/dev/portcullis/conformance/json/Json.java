package dev.portcullis.conformance.json;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value. Objects keep their members' order and repeated names; scalars keep their own text,
 * so that a tree can also hold what is not JSON at all.
 */
public sealed interface Json {
  /** The literal null. */
  Raw NULL = new Raw("null");

  /** The literal true. */
  Raw TRUE = new Raw("true");

  /** The literal false. */
  Raw FALSE = new Raw("false");

  /**
   * An object; it may still be added to.
   *
   * @param members in order, names may repeat
   */
  record Obj(List<Member> members) implements Json {
    /** An empty object. */
    public Obj() {
      this(new ArrayList<>(8));
    }

    /** {@return this, with one more member} */
    public Obj put(String name, Json value) {
      members.add(new Member(name, value));
      return this;
    }

    /** {@return the value of the last member of this name, or null} */
    public @Nullable Json get(String name) {
      for (int i = members.size() - 1; i >= 0; i--) {
        if (members.get(i).name().equals(name)) {
          return members.get(i).value();
        }
      }
      return null;
    }
  }

  /**
   * A member of an object.
   *
   * @param name without quotes and escapes
   * @param value what it is
   */
  record Member(String name, Json value) {}

  /**
   * An array; it may still be added to.
   *
   * @param items in order
   */
  record Arr(List<Json> items) implements Json {
    /** An empty array. */
    public Arr() {
      this(new ArrayList<>(4));
    }

    /** {@return an array of these items} */
    public static Arr of(Json... items) {
      return new Arr(new ArrayList<>(List.of(items)));
    }

    /** {@return this, with one more item} */
    public Arr add(Json item) {
      items.add(item);
      return this;
    }
  }

  /**
   * Anything else, as it is written: a string with its quotes, a number, a literal, or raw text.
   *
   * @param text the very characters
   */
  record Raw(String text) implements Json {}

  /** {@return a string} */
  static Raw text(String value) {
    return new Raw(GoJson.quote(value));
  }

  /** {@return a number} */
  static Raw number(long value) {
    return new Raw(Long.toString(value));
  }

  /** {@return a boolean} */
  static Raw bool(boolean value) {
    return value ? TRUE : FALSE;
  }

  /** {@return this string without quotes and escapes; null where it is no string} */
  static @Nullable String string(@Nullable Json value) {
    return value instanceof Raw raw && raw.text().startsWith("\"")
        ? JsonReader.unquote(raw.text())
        : null;
  }
}
