package dev.portcullis.policy;

/** A check objects to nothing. */
public enum Allowed implements CheckResult {
  /** The one answer of its kind. */
  INSTANCE
}
