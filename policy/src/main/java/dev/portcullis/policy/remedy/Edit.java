package dev.portcullis.policy.remedy;

import dev.portcullis.policy.json.JsonText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One change to a pod, an operation of JSON Patch (RFC 6902). Edits are meant to be applied in
 * their order.
 *
 * @param op what is done
 * @param path member names and list indices from the pod's root; a last {@code -} is the place
 *     behind a list
 * @param json the new value as JSON text; null for {@link Op#REMOVE}
 */
public record Edit(Op op, List<String> path, @Nullable String json) {
  /** Copies the path; refuses a removal with a value, and anything else without one. */
  public Edit {
    path = List.copyOf(path);
    if ((op == Op.REMOVE) != (json == null)) {
      throw new IllegalArgumentException(op + " with the value " + json);
    }
  }

  /** The operations used. */
  public enum Op {
    /** Sets a member that is not there, or inserts into a list. */
    ADD("add"),
    /** Replaces what stands there. */
    REPLACE("replace"),
    /** Takes away what stands there. */
    REMOVE("remove");

    private final String text;

    Op(String text) {
      this.text = text;
    }

    /** {@return the name as JSON Patch spells it} */
    @Override
    public String toString() {
      return text;
    }
  }

  /** {@return the path as a JSON Pointer (RFC 6901)} */
  public String pointer() {
    var pointer = new StringBuilder();
    for (String step : path) {
      pointer.append('/').append(step.replace("~", "~0").replace("/", "~1"));
    }
    return pointer.toString();
  }

  /** Appends the operation as a JSON object. */
  public void appendTo(StringBuilder out) {
    out.append("{\"op\":\"").append(op).append("\",\"path\":");
    JsonText.appendQuoted(out, pointer());
    if (json != null) {
      out.append(",\"value\":").append(json);
    }
    out.append('}');
  }

  /** {@return the operation as JSON} */
  @Override
  public String toString() {
    var out = new StringBuilder();
    appendTo(out);
    return out.toString();
  }
}
