package dev.portcullis.policy.pod;

import java.util.List;

/**
 * The capabilities of a container.
 *
 * @param add added ones
 * @param drop dropped ones
 */
public record Capabilities(List<String> add, List<String> drop) {
  /** Copies the lists. */
  public Capabilities {
    add = List.copyOf(add);
    drop = List.copyOf(drop);
  }
}
