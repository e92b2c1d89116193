package dev.portcullis.advice.fix;

import dev.portcullis.policy.remedy.Risk;
import java.util.List;

/**
 * A workload that failed, what was done about it and what was not.
 *
 * @param line where it starts, from 1
 * @param title kind and name
 * @param done what was changed
 * @param left what is still to be decided or done
 */
public record FixedWorkload(int line, String title, List<Done> done, List<Left> left) {
  /** Copies the lists. */
  public FixedWorkload {
    done = List.copyOf(done);
    left = List.copyOf(left);
  }

  /**
   * A remedy that was applied.
   *
   * @param check the check's id
   * @param risk what it may cost
   * @param effect what may stop working and how to see it
   * @param edits how many edits it took
   */
  public record Done(String check, Risk risk, String effect, int edits) {}

  /**
   * A remedy that was not applied.
   *
   * @param check the check's id
   * @param risk what it may cost; {@link Risk#DECISION} where a person has to decide
   * @param about what it is about, or what may stop working
   * @param refusal why the text could not be edited; empty where that was not the reason
   * @param options what there is to choose from
   */
  public record Left(String check, Risk risk, String about, String refusal, List<String> options) {
    /** Copies the list. */
    public Left {
      options = List.copyOf(options);
    }
  }
}
