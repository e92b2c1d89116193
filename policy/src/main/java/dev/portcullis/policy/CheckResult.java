package dev.portcullis.policy;

/** One check's answer for one pod. */
public sealed interface CheckResult permits Allowed, Forbidden {
  /** The check objects to nothing. */
  CheckResult ALLOWED = Allowed.INSTANCE;
}
