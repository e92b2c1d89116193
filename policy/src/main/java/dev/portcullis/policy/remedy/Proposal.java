package dev.portcullis.policy.remedy;

import java.util.List;

/**
 * One way, of one risk, towards passing a check.
 *
 * @param risk what it may cost
 * @param changes what to change; empty where a person has to decide
 * @param effect what may stop working and how to see it; for a decision, what it is about
 * @param options for a decision, what there is to choose from
 */
record Proposal(Risk risk, List<Change> changes, String effect, List<String> options) {
  Proposal {
    changes = List.copyOf(changes);
    options = List.copyOf(options);
  }

  static Proposal safe(List<Change> changes, String effect) {
    return new Proposal(Risk.SAFE, changes, effect, List.of());
  }

  static Proposal mayBreak(List<Change> changes, String effect) {
    return new Proposal(Risk.MAY_BREAK, changes, effect, List.of());
  }

  static Proposal decision(String about, String... options) {
    return new Proposal(Risk.DECISION, List.of(), about, List.of(options));
  }
}
