package dev.portcullis.admission;

import dev.portcullis.policy.UntrustedText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a request is refused, as a Kubernetes {@code Status} says it.
 *
 * @param code the HTTP status that the user is to see
 * @param reason one word for programs
 * @param message a sentence for people
 * @param details of which object, and which of its fields; null when nothing is known
 */
public record Status(int code, String reason, String message, @Nullable Details details) {
  /** Cuts a message past {@link UntrustedText#MAX_ANSWER}. */
  public Status {
    message = bounded(message);
  }

  private static String bounded(String text) {
    return UntrustedText.cut(text, UntrustedText.MAX_ANSWER);
  }

  /**
   * Which object.
   *
   * @param name empty when it has none yet
   * @param group its API group, empty for core
   * @param kind its kind or resource, empty when of no object
   * @param causes single faults
   */
  public record Details(String name, String group, String kind, List<Cause> causes) {
    /** Copies the causes, and cuts texts. */
    public Details {
      name = UntrustedText.cut(name, UntrustedText.MAX_VALUE);
      group = UntrustedText.cut(group, UntrustedText.MAX_VALUE);
      kind = UntrustedText.cut(kind, UntrustedText.MAX_VALUE);
      causes = List.copyOf(causes);
    }
  }

  /**
   * A single fault.
   *
   * @param reason one word for programs, may be empty
   * @param message for people
   * @param field its path, empty when it is not one field's
   */
  public record Cause(String reason, String message, String field) {
    /** Cuts texts. */
    public Cause {
      message = bounded(message);
    }
  }
}
