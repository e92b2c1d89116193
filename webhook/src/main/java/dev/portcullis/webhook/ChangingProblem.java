package dev.portcullis.webhook;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Decides whether a problem that is met again and again is worth a line: when it is new, when it
 * has changed, and again every ten minutes. Not thread-safe.
 */
final class ChangingProblem {
  private static final Duration AGAIN = Duration.ofMinutes(10);

  private final LongSupplier clock;
  private final Map<String, Said> said = new HashMap<>();

  private record Said(String problem, long at) {}

  ChangingProblem(LongSupplier clock) {
    this.clock = clock;
  }

  /** {@return whether to say that {@code subject} has this problem} */
  boolean isNews(String subject, String problem) {
    long now = clock.getAsLong();
    Said before = said.get(subject);
    if (before != null && before.problem.equals(problem) && now - before.at < AGAIN.toNanos()) {
      return false;
    }
    said.put(subject, new Said(problem, now));
    return true;
  }

  /** {@return whether the subject had a problem until now} */
  boolean solved(String subject) {
    return said.remove(subject) != null;
  }
}
