package dev.portcullis.admission;

import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.Verdict;
import dev.portcullis.policy.pod.PodView;

/**
 * Port: hears of every decision, for metrics and logs. Implementations are thread-safe and quick,
 * and never throw.
 */
public interface Recorder {
  /** Hears nothing. */
  Recorder NONE = new Recorder() {};

  /** A pod or template was judged: always for enforce, for audit and warn only when it violates. */
  default void evaluated(
      AdmissionRequest request, Mode mode, LevelVersion at, Verdict verdict, PodView pod) {}

  /**
   * A pod was let through undecoded, because its namespace demands nothing: an allowed enforce
   * evaluation.
   */
  default void privileged(AdmissionRequest request) {}

  /** A pod or controller was exempt. */
  default void exempt(AdmissionRequest request) {}

  /**
   * Something kept the request from being judged as it should, if {@code fatal} from being judged
   * at all.
   */
  default void failed(AdmissionRequest request, boolean fatal) {}
}
