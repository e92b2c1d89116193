package dev.portcullis.policy;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A check objects to a pod: why, in the reference's words, and where. */
public final class Forbidden implements CheckResult {
  private final String reason;
  private final Supplier<Explanation> explain;
  // Computed at most a few times when threads race; every outcome is equal.
  private @Nullable Explanation explanation;

  /**
   * What only a reader of the whole message needs.
   *
   * @param detail what must change, in the reference's words; may be empty
   * @param fields where it must change, in the order the check looks
   */
  public record Explanation(String detail, List<FieldError> fields) {
    /** Copies the fields. */
    public Explanation {
      fields = List.copyOf(fields);
    }
  }

  private Forbidden(String reason, Supplier<Explanation> explain) {
    this.reason = reason;
    this.explain = explain;
  }

  /**
   * {@return an objection}; it is explained when somebody asks, because a dry run over many pods
   * does not.
   */
  public static Forbidden of(String reason, Supplier<Explanation> explain) {
    return new Forbidden(reason, explain);
  }

  /** {@return what is forbidden, in few words} */
  public String reason() {
    return reason.isEmpty() ? "unknown forbidden reason" : reason;
  }

  /** {@return what must change, in the reference's words; may be empty} */
  public String detail() {
    return explanation().detail();
  }

  /** {@return where it must change} */
  public List<FieldError> fields() {
    return explanation().fields();
  }

  private Explanation explanation() {
    var known = explanation;
    if (known == null) {
      known = explain.get();
      explanation = known;
    }
    return known;
  }

  /** {@return reason and detail as a denial prints them} */
  @Override
  public String toString() {
    var out = new StringBuilder();
    appendTo(out);
    return out.toString();
  }

  /** {@return how long a denial's text is, at most} */
  int length() {
    return reason().length() + detail().length() + 3;
  }

  void appendTo(StringBuilder out) {
    out.append(reason());
    String detail = detail();
    if (!detail.isEmpty()) {
      out.append(" (").append(detail).append(')');
    }
  }
}
