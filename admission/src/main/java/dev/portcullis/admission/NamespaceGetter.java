package dev.portcullis.admission;

/** Port: where the labels of namespaces come from. Implementations are thread-safe. */
public interface NamespaceGetter {
  /**
   * {@return the namespace of this name, or why it cannot be had} May ask the API server, within
   * the deadline; never throws. The name is not empty and can stand in a URL's path.
   */
  Lookup get(String name, Deadline deadline);

  /** {@return whether {@link #get} will answer from memory, without waiting} */
  boolean answersAtOnce(String name);
}
