package dev.portcullis.manifests;

/**
 * A document that was not judged, and why.
 *
 * @param document its number in the file, from 0
 * @param line the line where it starts, from 1
 * @param cause what kind of thing it is instead of a workload
 * @param reason one clause without a final period, for a person
 */
public record Skipped(int document, int line, Cause cause, String reason) {
  /** Why a document was not judged. */
  public enum Cause {
    /** It is no Kubernetes object. */
    FOREIGN,
    /** A template that was not rendered. */
    TEMPLATE,
    /** A part of a workload, to be merged into another. */
    PATCH,
    /** A workload whose pods its controller composes, or takes from elsewhere. */
    COMPOSED,
    /** A workload by a kind or API version that clusters do not serve. */
    NOT_SERVED,
    /** An object of a custom kind that holds containers. */
    CUSTOM
  }
}
