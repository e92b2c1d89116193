package dev.portcullis.policy.remedy;

import dev.portcullis.policy.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** Takes away what a check objects to. */
final class Removal {
  private Removal() {}

  /**
   * {@return one change for each objection}
   *
   * @param objections to fields that are there
   */
  static List<Change> ofFields(List<FieldError> objections) {
    var changes = new ArrayList<Change>();
    for (FieldError objection : objections) {
      changes.add(new Change.Take(FieldPaths.steps(objection.path())));
    }
    return changes;
  }

  /**
   * {@return one change for each list element; for a list that would lose all of them, one that
   * takes the list}
   *
   * @param elements paths of the elements, those of one list together and in its order
   * @param size how many elements the list at a path has
   */
  static List<Change> ofElements(List<List<String>> elements, ToIntFunction<List<String>> size) {
    var changes = new ArrayList<Change>();
    int from = 0;
    while (from < elements.size()) {
      List<String> list = FieldPaths.parent(elements.get(from));
      int to = from;
      while (to < elements.size() && FieldPaths.parent(elements.get(to)).equals(list)) {
        to++;
      }
      if (to - from == size.applyAsInt(list)) {
        changes.add(new Change.Take(list));
      } else {
        // The last first: taking an element away moves those behind it.
        elements
            .subList(from, to)
            .reversed()
            .forEach(element -> changes.add(new Change.Take(element)));
      }
      from = to;
    }
    return changes;
  }
}
