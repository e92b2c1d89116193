package dev.portcullis.conformance.remedy;

import dev.portcullis.conformance.json.Json;
import dev.portcullis.conformance.json.Json.Arr;
import dev.portcullis.conformance.json.Json.Member;
import dev.portcullis.conformance.json.Json.Obj;
import dev.portcullis.conformance.json.JsonReader;

/** Pods as an API server holds them, and JSON Patches applied to them. */
final class Patched {
  private Patched() {}

  /** {@return a copy without nulls, as typed objects have none}; a null list item is empty. */
  static Json normal(Json value) {
    return normal(value, new Obj());
  }

  private static Json normal(Json value, Json emptyItem) {
    return switch (value) {
      case Obj object -> {
        var copy = new Obj();
        for (Member member : object.members()) {
          if (!member.value().equals(Json.NULL)) {
            boolean strings = member.name().equals("add") || member.name().equals("drop");
            Json empty = strings ? Json.text("") : new Obj();
            String name = whole(member.name());
            copy.members().removeIf(before -> before.name().equals(name));
            copy.put(name, normal(member.value(), empty));
          }
        }
        yield copy;
      }
      case Arr array -> {
        var copy = new Arr();
        for (Json item : array.items()) {
          copy.add(item.equals(Json.NULL) ? emptyItem : normal(item));
        }
        yield copy;
      }
      case Json.Raw raw -> raw;
    };
  }

  /** {@return the name as it is decoded}: half a surrogate pair is a replacement character. */
  private static String whole(String name) {
    var out = new StringBuilder();
    name.codePoints()
        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
        .forEach(out::appendCodePoint);
    return out.toString();
  }

  /** {@return the document, changed in place}; an {@link AssertionError} where RFC 6902 has one. */
  static Json apply(Json document, String patch) {
    for (Json operation : ((Arr) JsonReader.read(patch)).items()) {
      var members = (Obj) operation;
      String pointer = String.valueOf(Json.string(members.get("path")));
      String op = String.valueOf(Json.string(members.get("op")));
      String[] steps = pointer.substring(1).split("/", -1);
      Json parent = document;
      for (int i = 0; i + 1 < steps.length; i++) {
        parent = child(parent, unescape(steps[i]), pointer);
      }
      change(parent, op, unescape(steps[steps.length - 1]), members.get("value"), pointer);
    }
    return document;
  }

  private static void change(Json parent, String op, String last, Json value, String pointer) {
    if (parent instanceof Obj object) {
      boolean there = object.members().removeIf(member -> member.name().equals(last));
      require(there || op.equals("add"), op + " of nothing at " + pointer);
      if (!op.equals("remove")) {
        object.put(last, value);
      }
      return;
    }
    var items = ((Arr) parent).items();
    if (op.equals("add")) {
      items.add(last.equals("-") ? items.size() : Integer.parseInt(last), value);
    } else if (op.equals("remove")) {
      items.remove(Integer.parseInt(last));
    } else {
      items.set(Integer.parseInt(last), value);
    }
  }

  private static Json child(Json parent, String step, String pointer) {
    Json child =
        switch (parent) {
          case Obj object -> object.get(step);
          case Arr array -> array.items().get(Integer.parseInt(step));
          case Json.Raw raw -> null;
        };
    require(child != null, "nothing on the way of " + pointer);
    return child;
  }

  private static String unescape(String step) {
    return step.replace("~1", "/").replace("~0", "~");
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new AssertionError(message);
    }
  }
}
