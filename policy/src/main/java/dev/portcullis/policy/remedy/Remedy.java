package dev.portcullis.policy.remedy;

import java.util.List;

/**
 * What to do about one check that objects.
 *
 * @param check the check's id
 * @param risk what it may cost
 * @param edits what to change; empty where a person has to decide first
 * @param effect what may stop working and how to see it; for a decision, what it is about
 * @param options for a decision, what there is to choose from
 */
public record Remedy(
    String check, Risk risk, List<Edit> edits, String effect, List<String> options) {
  /** Copies the lists. */
  public Remedy {
    edits = List.copyOf(edits);
    options = List.copyOf(options);
  }
}
