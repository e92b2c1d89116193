package dev.portcullis.cluster;

import dev.portcullis.policy.json.JsonCursor;
import dev.portcullis.policy.json.JsonException;
import dev.portcullis.policy.json.JsonNames;
import dev.portcullis.policy.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Small pieces of JSON that several objects of the API have in common. */
final class KubeText {
  private KubeText() {}

  /** {@return the texts of an object whose values are all texts, by their keys; null is empty} */
  static Map<String, String> texts(JsonCursor in, Predicate<String> wanted) throws JsonException {
    var texts = new TreeMap<String, String>();
    if (in.readNull()) {
      return texts;
    }
    in.beginObject();
    String key;
    while ((key = in.nextName()) != null) {
      if (!wanted.test(key)) {
        in.skipValue();
      } else {
        texts.put(key, in.readNull() ? "" : in.readString());
      }
    }
    return texts;
  }

  /** {@return the texts of an array; null is empty} */
  static List<String> list(JsonCursor in) throws JsonException {
    var list = new ArrayList<String>();
    if (in.readNull()) {
      return list;
    }
    in.beginArray();
    while (in.nextElement()) {
      list.add(in.readString());
    }
    return list;
  }

  /** {@return the one text of this object that is asked for, empty when it is absent} */
  static String text(JsonCursor in, JsonNames name) throws JsonException {
    String text = "";
    if (in.readNull()) {
      return text;
    }
    in.beginObject();
    int field;
    while ((field = in.nextName(name)) != JsonCursor.END) {
      if (field != 0) {
        in.skipValue();
      } else if (!in.readNull()) {
        text = in.readString();
      }
    }
    return text;
  }

  /** Writes an array of texts. */
  static void append(StringBuilder out, List<String> texts) {
    out.append('[');
    String comma = "";
    for (String text : texts) {
      out.append(comma);
      JsonText.appendQuoted(out, text);
      comma = ",";
    }
    out.append(']');
  }
}
