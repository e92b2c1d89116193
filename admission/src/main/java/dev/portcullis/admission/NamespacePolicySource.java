package dev.portcullis.admission;

import dev.portcullis.policy.Policy;
import dev.portcullis.policy.PolicyLabels;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * A family of namespace labels: which of a namespace's labels count, and what they come to.
 *
 * <p>Whoever reads or keeps labels asks the sources that matter to it, and knows no key itself.
 *
 * @param <P> the policy that the labels ask for
 * @param <R> what they come to: that policy, and what is wrong with them
 */
public final class NamespacePolicySource<P, R> {
  /** The reference's labels, {@code pod-security.kubernetes.io/*}. */
  public static final NamespacePolicySource<Policy, PolicyLabels.Resolution> POD_SECURITY =
      new NamespacePolicySource<>(PolicyLabels.PREFIX, PolicyLabels::resolve);

  private final String prefix;
  private final BiFunction<Map<String, String>, P, R> resolve;

  /**
   * A family of labels.
   *
   * @param prefix what all its keys, and no others, begin with
   * @param resolve what labels come to on top of a policy that holds without them
   */
  public NamespacePolicySource(String prefix, BiFunction<Map<String, String>, P, R> resolve) {
    this.prefix = prefix;
    this.resolve = resolve;
  }

  /** {@return whether a label of this key belongs to the family} */
  public boolean counts(String key) {
    return key.startsWith(prefix);
  }

  /** {@return what a namespace's labels come to on top of {@code defaults}} */
  public R resolve(Map<String, String> labels, P defaults) {
    return resolve.apply(labels, defaults);
  }
}
