package dev.portcullis.policy.remedy;

import dev.portcullis.policy.FieldError;
import java.util.ArrayList;
import java.util.List;

/** Takes away what a check objects to. */
final class Removal {
  private Removal() {}

  /**
   * {@return one change for each objection, the last first: in a list, taking an element away moves those behind it}
   *
   * @param stepsUp how many steps above the field the thing to take away stands
   */
  static List<Change> of(List<FieldError> objections, int stepsUp) {
    var changes = new ArrayList<Change>();
    for (FieldError objection : objections.reversed()) {
      List<String> path = FieldPaths.steps(objection.path());
      changes.add(new Change.Take(path.subList(0, path.size() - stepsUp)));
    }
    return changes;
  }
}
