package dev.portcullis.admission;

import dev.portcullis.policy.GoText;

/** Port: where the labels of namespaces come from. Implementations are thread-safe. */
public interface NamespaceGetter {
  /**
   * {@return the namespace of this name, or why it cannot be had} May ask the API server, within
   * the deadline; never throws. The name is not empty and can stand in a URL's path.
   */
  Lookup get(String name, Deadline deadline);

  /** {@return whether {@link #get} will answer from memory, without waiting} */
  boolean answersAtOnce(String name);

  /**
   * {@return what {@link #get} says, or at once why there can be no such namespace}: whoever can
   * send reviews must not choose what is asked of the API server.
   */
  default Lookup lookUp(String name, Deadline deadline) {
    String fault = PathSegment.fault(name);
    if (fault != null) {
      return Lookup.failed(fault);
    }
    return answersAtOnce(name) || PathSegment.isNamespace(name)
        ? get(name, deadline)
        : Lookup.failed("namespaces " + GoText.quote(name) + " not found");
  }

  /** {@return whether {@link #lookUp} may have to wait} */
  default boolean lookUpMayBlock(String name) {
    return PathSegment.fault(name) == null && !answersAtOnce(name) && PathSegment.isNamespace(name);
  }
}
