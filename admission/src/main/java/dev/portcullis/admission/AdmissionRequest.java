package dev.portcullis.admission;

/**
 * What admission reads of a request. Texts are empty where the request has none; nothing is null.
 *
 * @param uid identifies the request; the answer carries it
 * @param kindGroup API group that the object counts as when it does not say
 * @param kindVersion its version
 * @param kind its kind
 * @param resourceGroup API group of the resource
 * @param resourceVersion its version, which decides nothing
 * @param resource the resource, in plural
 * @param subResource {@code requestSubResource}, what the client asked for; not the converted
 *     {@code subResource}
 * @param name name of the object, empty when the API server is yet to generate it
 * @param namespace its namespace; of a Namespace its own name
 * @param operation {@code CREATE}, {@code UPDATE}, {@code DELETE} or {@code CONNECT}
 * @param userName who asks
 * @param object the object
 * @param oldObject what it was before, likewise
 * @param dryRun whether nothing will be stored
 */
public record AdmissionRequest(
    String uid,
    String kindGroup,
    String kindVersion,
    String kind,
    String resourceGroup,
    String resourceVersion,
    String resource,
    String subResource,
    String name,
    String namespace,
    String operation,
    String userName,
    RequestObject object,
    RequestObject oldObject,
    boolean dryRun) {
  /** {@return whether this is about pods} */
  public boolean isPod() {
    return resourceGroup.isEmpty() && resource.equals("pods");
  }

  /** {@return whether this is about namespaces} */
  public boolean isNamespace() {
    return resourceGroup.isEmpty() && resource.equals("namespaces");
  }

  /** {@return whether an object is changed} */
  public boolean isUpdate() {
    return operation.equals("UPDATE");
  }

  /** {@return where and what, without anything of the object} */
  @Override
  public String toString() {
    return operation
        + " "
        + resource
        + (resourceGroup.isEmpty() ? "" : "." + resourceGroup)
        + (subResource.isEmpty() ? "" : "/" + subResource)
        + " "
        + namespace
        + "/"
        + name;
  }
}
