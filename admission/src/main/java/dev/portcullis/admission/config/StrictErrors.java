package dev.portcullis.admission.config;

import dev.portcullis.admission.wire.DecodeException;
import dev.portcullis.policy.GoText;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a file while it is read: the first wrong type, else all that a strict reader
 * minds.
 */
final class StrictErrors {
  /** The reference mentions no more. */
  private static final int MAX_FIELDS = 100;

  private final Set<String> fields = new LinkedHashSet<>();
  private @Nullable String wrongType;

  void unknown(String path) {
    add("unknown field " + GoText.quote(path));
  }

  void duplicate(String path) {
    add("duplicate field " + GoText.quote(path));
  }

  private void add(String problem) {
    if (fields.size() < MAX_FIELDS) {
      fields.add(problem);
    }
  }

  /** Notes a value that does not fit a member, both named as Go names them. */
  void wrongType(String found, String goField, String goType) {
    if (wrongType == null) {
      wrongType =
          "json: cannot unmarshal "
              + found
              + " into Go struct field "
              + goField
              + " of type "
              + goType;
    }
  }

  /** Fails if anything was wrong. */
  void raise(List<String> repeatedKeys) throws DecodeException {
    if (wrongType != null) {
      throw new DecodeException(wrongType);
    }
    var all = new LinkedHashSet<String>(repeatedKeys);
    all.addAll(fields);
    if (!all.isEmpty()) {
      throw new DecodeException("strict decoding error: " + String.join(", ", all));
    }
  }
}
