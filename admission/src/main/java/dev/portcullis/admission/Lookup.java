package dev.portcullis.admission;

import dev.portcullis.policy.Policy;
import dev.portcullis.policy.PolicyLabels;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What came of looking a namespace up. */
public sealed interface Lookup {
  /**
   * {@return a namespace that exists, with these labels} Keep it while they hold: it remembers what
   * they mean.
   */
  static Found found(Map<String, String> labels) {
    return new Found(labels);
  }

  /** {@return a look-up without success, for this reason} */
  static Failed failed(String message) {
    return new Failed(message);
  }

  /** The namespace is there. Thread-safe. */
  final class Found implements Lookup {
    private final Map<String, String> labels;
    // Racing threads may compute it twice; the outcomes are equal and immutable.
    private @Nullable Meaning meaning;

    private record Meaning(Policy defaults, PolicyLabels.Resolution resolution) {}

    private Found(Map<String, String> labels) {
      this.labels = Map.copyOf(labels);
    }

    /** {@return its labels} */
    public Map<String, String> labels() {
      return labels;
    }

    /** {@return the policy that the labels ask for on top of these defaults} */
    public PolicyLabels.Resolution policy(Policy defaults) {
      Meaning known = meaning;
      if (known == null || !known.defaults().equals(defaults)) {
        known = new Meaning(defaults, NamespacePolicySource.POD_SECURITY.resolve(labels, defaults));
        meaning = known;
      }
      return known.resolution();
    }

    /** {@return the labels} */
    @Override
    public String toString() {
      return "Found[" + labels + "]";
    }
  }

  /**
   * The namespace is not there, or could not be asked for.
   *
   * @param message the API server's own words, such as {@code namespaces "x" not found}
   */
  record Failed(String message) implements Lookup {}
}
