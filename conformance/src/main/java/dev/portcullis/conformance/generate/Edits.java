package dev.portcullis.conformance.generate;

import dev.portcullis.conformance.json.Json;
import dev.portcullis.conformance.json.Json.Arr;
import dev.portcullis.conformance.json.Json.Member;
import dev.portcullis.conformance.json.Json.Obj;
import dev.portcullis.conformance.json.Json.Raw;
import java.util.ArrayList;
import java.util.List;

/** Changes to trees: what an update does, and what faulty clients do. */
final class Edits {
  private static final List<String> WRONG =
      List.of(
          "true",
          "false",
          "1",
          "0",
          "-1",
          "1.5",
          "1e3",
          "99999999999",
          "9223372036854775808",
          "\"x\"",
          "\"\"",
          "\"true\"",
          "[]",
          "{}",
          "[null]",
          "[{}]",
          "[\"x\"]",
          "[[]]",
          "{\"x\":1}",
          "null");

  private Edits() {}

  /** {@return a copy that shares nothing that can be changed} */
  static Json copy(Json value) {
    return switch (value) {
      case Obj object -> {
        var copy = new Obj();
        object.members().forEach(member -> copy.put(member.name(), copy(member.value())));
        yield copy;
      }
      case Arr array -> {
        var copy = new Arr();
        array.items().forEach(item -> copy.add(copy(item)));
        yield copy;
      }
      case Raw raw -> raw;
    };
  }

  static Obj copy(Obj value) {
    return copy((Json) value) instanceof Obj copy ? copy : new Obj();
  }

  /** Sets the last member of this name, or adds it. */
  static void set(Obj object, String name, Json value) {
    for (int i = object.members().size() - 1; i >= 0; i--) {
      if (object.members().get(i).name().equals(name)) {
        object.members().set(i, new Member(name, value));
        return;
      }
    }
    object.put(name, value);
  }

  /** Changes a pod as clients do: images, lists of containers, and things of no consequence. */
  static void update(Mood mood, Obj pod) {
    Obj spec = pod.get("spec") instanceof Obj given ? given : new Obj();
    Dice dice = mood.dice();
    String list = dice.pick("containers", "containers", "initContainers", "ephemeralContainers");
    List<Json> containers = spec.get(list) instanceof Arr given ? given.items() : new ArrayList<>();
    switch (dice.below(9)) {
      case 0, 1 -> {
        if (!containers.isEmpty() && dice.pick(containers) instanceof Obj container) {
          set(container, "image", Json.text("i:3"));
        }
      }
      case 2 -> {
        Obj added = new ContainerMaker(mood).container(false);
        if (spec.get(list) instanceof Arr given) {
          given.add(added);
        } else {
          set(spec, list, Arr.of(added));
        }
      }
      case 3 -> {
        if (!containers.isEmpty()) {
          containers.remove(dice.below(containers.size()));
        }
      }
      case 4 -> {
        if (!containers.isEmpty() && dice.pick(containers) instanceof Obj container) {
          set(container, "name", Json.text(Words.name(mood)));
        }
      }
      case 5 -> set(spec, "hostNetwork", Json.TRUE);
      case 6 -> {
        if (pod.get("metadata") instanceof Obj metadata) {
          set(metadata, "annotations", new Obj().put("changed", Json.text("yes")));
        }
      }
      case 7 -> {
        if (containers.size() > 1) {
          containers.add(containers.removeFirst());
        }
      }
      default -> {
        // Nothing changes.
      }
    }
  }

  /** Gives an object another kind, by a name in another case that only some readers match. */
  static void sayOtherwise(Dice dice, Obj object) {
    boolean kind = dice.chance(0.6);
    String name =
        kind
            ? dice.pick("Kind", "KIND", "\u212Aind", "kinD", "kind")
            : dice.pick("apiversion", "APIVersion", "apiVer\u017Fion", "apiVersion");
    Json value =
        kind
            ? dice.pick(
                Json.text("Pod"),
                Json.text("Deployment"),
                Json.text("Secret"),
                Json.text(""),
                Json.NULL,
                new Raw("1"))
            : dice.pick(
                Json.text("v1"),
                Json.text("apps/v1"),
                Json.text(""),
                Json.text("a/b/c"),
                Json.NULL,
                new Raw("[]"));
    object.members().add(dice.below(object.members().size() + 1), new Member(name, value));
  }

  /** Puts the members of an object in another order. */
  static void shuffle(Dice dice, Obj object) {
    List<Member> members = object.members();
    for (int i = members.size() - 1; i > 0; i--) {
      int other = dice.below(i + 1);
      members.set(i, members.set(other, members.get(i)));
    }
  }

  /** Puts something of another type at one of the places that are read. */
  static void damage(Dice dice, Json root) {
    List<Runnable> places = new ArrayList<>();
    collect(dice, root, places);
    if (!places.isEmpty()) {
      dice.pick(places).run();
    }
  }

  private static void collect(Dice dice, Json here, List<Runnable> places) {
    switch (here) {
      case Obj object -> {
        boolean map = false;
        for (int i = 0; i < object.members().size(); i++) {
          int index = i;
          Member member = object.members().get(i);
          map |= member.name().indexOf('.') >= 0;
          if (map || Fields.isRead(member.name())) {
            places.add(() ->
                object.members().set(index, new Member(member.name(), new Raw(dice.pick(WRONG)))));
            collect(dice, member.value(), places);
          }
        }
      }
      case Arr array -> {
        for (int i = 0; i < array.items().size(); i++) {
          int index = i;
          places.add(() -> array.items().set(index, new Raw(dice.pick(WRONG))));
          collect(dice, array.items().get(i), places);
        }
      }
      case Raw raw -> {}
    }
  }

  /** Says some member twice, with the same or with another value. */
  static void repeat(Dice dice, Json root) {
    List<Runnable> places = new ArrayList<>();
    repeatable(dice, root, places);
    if (!places.isEmpty()) {
      dice.pick(places).run();
    }
  }

  private static void repeatable(Dice dice, Json here, List<Runnable> places) {
    switch (here) {
      case Obj object -> {
        for (Member member : List.copyOf(object.members())) {
          if (Fields.isRead(member.name())) {
            places.add(() -> {
              Json again = copy(member.value());
              if (dice.chance(0.2)) {
                again = Json.NULL;
              } else if (again instanceof Obj other && !other.members().isEmpty()) {
                other.members().remove(dice.below(other.members().size()));
              } else if (again instanceof Arr other && !other.items().isEmpty()) {
                other.items().remove(dice.below(other.items().size()));
              }
              object
                  .members()
                  .add(dice.below(object.members().size() + 1), new Member(member.name(), again));
            });
            repeatable(dice, member.value(), places);
          }
        }
      }
      case Arr array -> array.items().forEach(item -> repeatable(dice, item, places));
      case Raw raw -> {}
    }
  }
}
