package dev.portcullis.conformance.compare;

import dev.portcullis.conformance.json.Json;
import dev.portcullis.conformance.json.Json.Arr;
import dev.portcullis.conformance.json.Json.Member;
import dev.portcullis.conformance.json.Json.Obj;
import dev.portcullis.conformance.json.Json.Raw;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes a question smaller as long as its answers differ: delta debugging over the JSON tree.
 *
 * <p>Lists and objects lose halves, then single elements; strings and numbers become shorter. The
 * order is from the outside in, so whole containers go before their fields.
 */
public final class Shrinker {
  private final Predicate<Question> differs;
  private int probes;
  private int shrunk;

  /** Shrinks as long as {@code differs}; asks at most {@code probes} times. */
  public Shrinker(Predicate<Question> differs, int probes) {
    this.differs = differs;
    this.probes = probes;
  }

  /** {@return the smallest question found} */
  public Question shrink(Question question) {
    Json best = question.members();
    int before = -1;
    while (shrunk != before && probes > 0) {
      before = shrunk;
      best = pass(best, List.of());
    }
    return best instanceof Obj members ? new Question(members) : question;
  }

  /** {@return {@code root}, smaller at or below the place, or the same where nothing could go} */
  private Json pass(Json root, List<Integer> path) {
    Json best = root;
    boolean again = true;
    while (again) {
      again = false;
      Json current = at(best, path);
      for (Json candidate : candidates(current)) {
        Json tried = replace(best, path, 0, candidate);
        if (probe(tried)) {
          best = tried;
          again = true;
          shrunk++;
          break;
        }
      }
    }
    for (int i = 0; i < size(at(best, path)); i++) {
      var deeper = new ArrayList<>(path);
      deeper.add(i);
      best = pass(best, deeper);
    }
    return best;
  }

  private boolean probe(Json candidate) {
    if (probes <= 0 || !(candidate instanceof Obj members)) {
      return false;
    }
    var question = new Question(members);
    if (!question.sensible()) {
      return false;
    }
    probes--;
    return differs.test(question);
  }

  private static List<Json> candidates(Json value) {
    List<Json> smaller = new ArrayList<>();
    switch (value) {
      case Obj object -> {
        cuts(object.members()).forEach(members -> smaller.add(new Obj(members)));
      }
      case Arr array -> cuts(array.items()).forEach(items -> smaller.add(new Arr(items)));
      case Raw raw -> {
        String text = Json.string(raw);
        if (text != null && !text.isEmpty()) {
          smaller.add(Json.text(""));
          if (text.length() > 1) {
            smaller.add(Json.text("a"));
            smaller.add(Json.text(text.substring(0, text.length() / 2)));
            smaller.add(Json.text(text.substring(text.length() / 2)));
            smaller.add(Json.text(text.substring(1)));
            smaller.add(Json.text(text.substring(0, text.length() - 1)));
          }
        }
      }
    }
    return smaller;
  }

  /** {@return the list without its halves, quarters, ... and single elements} */
  private static <T> List<List<T>> cuts(List<T> all) {
    List<List<T>> cuts = new ArrayList<>();
    for (int length = all.size(); length > 0; length /= 2) {
      for (int start = 0; start < all.size(); start += length) {
        var rest = new ArrayList<>(all.subList(0, start));
        rest.addAll(all.subList(Math.min(all.size(), start + length), all.size()));
        cuts.add(rest);
      }
    }
    return cuts;
  }

  private static int size(Json value) {
    return switch (value) {
      case Obj object -> object.members().size();
      case Arr array -> array.items().size();
      case Raw raw -> 0;
    };
  }

  private static Json at(Json root, List<Integer> path) {
    Json value = root;
    for (int index : path) {
      value = child(value, index);
    }
    return value;
  }

  private static Json child(Json value, int index) {
    return switch (value) {
      case Obj object -> object.members().get(index).value();
      case Arr array -> array.items().get(index);
      case Raw raw -> raw;
    };
  }

  private static Json replace(Json root, List<Integer> path, int level, @Nullable Json by) {
    if (level == path.size()) {
      return by == null ? root : by;
    }
    int index = path.get(level);
    Json changed = replace(child(root, index), path, level + 1, by);
    return switch (root) {
      case Obj object -> {
        var members = new ArrayList<>(object.members());
        members.set(index, new Member(members.get(index).name(), changed));
        yield new Obj(members);
      }
      case Arr array -> {
        var items = new ArrayList<>(array.items());
        items.set(index, changed);
        yield new Arr(items);
      }
      case Raw raw -> raw;
    };
  }
}
