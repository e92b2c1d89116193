package dev.portcullis.conformance.compare;

import dev.portcullis.conformance.json.GoJson;
import dev.portcullis.conformance.json.Json;
import dev.portcullis.conformance.json.Json.Arr;
import dev.portcullis.conformance.json.Json.Member;
import dev.portcullis.conformance.json.Json.Obj;
import dev.portcullis.conformance.json.JsonReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one place that knows which differences are meant. Everything else must be equal as JSON. Each
 * constant has its section in {@code docs/deviations.md}.
 */
public enum Deviations {
  /** The answers are equal. */
  NONE("equal"),
  /** The reference crashes; we answer. */
  CRASH("the reference crashes, Portcullis answers"),
  /** Both refuse to decode; what follows the reference's own words comes from Go's libraries. */
  DECODE_WORDS("both refuse to decode, in other words"),
  /** A wrong type where neither checks nor admission look: the reference refuses, we judge. */
  UNREAD_FIELD("the reference refuses a wrong type in a field that nothing here reads"),
  /**
   * A namespace without a name becomes stricter: the reference lists the pods of all namespaces.
   */
  NAMELESS("the reference lists all pods for a namespace without a name, Portcullis refuses");

  private final String meaning;

  Deviations(String meaning) {
    this.meaning = meaning;
  }

  /** {@return what it is, in a few words} */
  public String meaning() {
    return meaning;
  }

  private static final List<String> GO_WORDS =
      List.of(
          "failed to decode object: ",
          "failed to decode old object: ",
          "failed to decode  old object: ",
          "json parse error: ",
          "yaml: ");

  /**
   * {@return how the answers agree, null where they do not}
   *
   * @param unread whether the question has a fault in a field that nobody reads
   */
  static @Nullable Deviations between(
      Question question, String oracle, String ours, boolean unread) {
    if (oracle.equals(ours)) {
      return NONE;
    }
    Json theirs = JsonReader.read(oracle);
    Json own = JsonReader.read(ours);
    if (!(theirs instanceof Obj reference) || !(own instanceof Obj answer)) {
      return null;
    }
    if (reference.get("aborted") != null) {
      return CRASH;
    }
    if (canonical(readable(reference)).equals(canonical(answer))) {
      return NONE;
    }
    if (question.op().equals("evaluate") && reference.get("error") != null) {
      return answer.get("error") != null ? DECODE_WORDS : unread ? UNREAD_FIELD : null;
    }
    if (canonical(withoutGoWords(reference)).equals(canonical(withoutGoWords(answer)))) {
      return DECODE_WORDS;
    }
    if (ours.contains("\"message\":\"the namespace has no name\"")
        && oracle.contains("\"allowed\":true")) {
      return NAMELESS;
    }
    return unread && oracle.contains("failed to decode ") ? UNREAD_FIELD : null;
  }

  /** {@return the configuration as we show it}; other answers unchanged. */
  private static Obj readable(Obj answer) {
    String stage = Json.string(answer.get("stage"));
    if (stage == null) {
      return answer;
    }
    var readable = new Obj().put("stage", Json.text(stage));
    if (!stage.equals("ok")) {
      for (String name : List.of("error", "webhookError")) {
        Json value = answer.get(name);
        readable.put(name, value == null ? Json.text("") : value);
      }
      return readable;
    }
    if (answer.get("defaults") instanceof Obj defaults) {
      var policy = new Obj();
      for (String mode : List.of("enforce", "audit", "warn")) {
        String level = Json.string(defaults.get(mode));
        String version = Json.string(defaults.get(mode + "-version"));
        policy.put(mode, Json.text(level + ":" + version));
      }
      readable.put("policy", policy);
    }
    if (answer.get("exemptions") instanceof Obj exemptions) {
      for (Member member : exemptions.members()) {
        var values = new ArrayList<String>();
        if (member.value() instanceof Arr list) {
          list.items().forEach(item -> values.add(String.valueOf(Json.string(item))));
        }
        readable.put(member.name(), Ours.texts(values));
      }
    }
    return readable;
  }

  private static Json withoutGoWords(Json value) {
    return switch (value) {
      case Obj object -> {
        var copy = new Obj();
        object.members().forEach(m -> copy.put(m.name(), withoutGoWords(m.value())));
        yield copy;
      }
      case Arr array -> {
        var copy = new Arr();
        array.items().forEach(item -> copy.add(withoutGoWords(item)));
        yield copy;
      }
      case Json.Raw raw -> {
        String text = Json.string(raw);
        if (text != null) {
          for (String start : GO_WORDS) {
            int at = text.indexOf(start);
            if (at >= 0) {
              yield Json.text(text.substring(0, at + start.length()));
            }
          }
        }
        yield raw;
      }
    };
  }

  /** {@return the value as text, members sorted and strings written one way} */
  private static String canonical(Json value) {
    return GoJson.print(sorted(value));
  }

  private static Json sorted(Json value) {
    return switch (value) {
      case Obj object -> {
        var members = new ArrayList<Member>();
        object.members().forEach(m -> members.add(new Member(m.name(), sorted(m.value()))));
        members.sort(Comparator.comparing(Member::name));
        yield new Obj(members);
      }
      case Arr array -> {
        var copy = new Arr();
        array.items().forEach(item -> copy.add(sorted(item)));
        yield copy;
      }
      case Json.Raw raw -> {
        String text = Json.string(raw);
        yield text == null ? raw : Json.text(text);
      }
    };
  }
}
