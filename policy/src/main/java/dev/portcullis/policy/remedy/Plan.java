package dev.portcullis.policy.remedy;

import java.util.ArrayList;
import java.util.List;

/**
 * The remedies for one pod at one level and version.
 *
 * @param applied those within the risk accepted; their edits, in order, are one patch
 * @param left those beyond it, and what only a person can decide; without edits
 */
public record Plan(List<Remedy> applied, List<Remedy> left) {
  /** Copies the lists. */
  public Plan {
    applied = List.copyOf(applied);
    left = List.copyOf(left);
  }

  /** {@return all edits in the order in which they must be applied} */
  public List<Edit> edits() {
    var edits = new ArrayList<Edit>();
    for (Remedy remedy : applied) {
      edits.addAll(remedy.edits());
    }
    return edits;
  }

  /** {@return the edits as a JSON Patch document} */
  public String toJsonPatch() {
    var out = new StringBuilder("[");
    for (Edit edit : edits()) {
      if (out.length() > 1) {
        out.append(',');
      }
      edit.appendTo(out);
    }
    return out.append(']').toString();
  }
}
