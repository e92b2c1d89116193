package dev.portcullis.admission.wire;

/**
 * What an object is.
 *
 * @param group API group, empty for core
 * @param version its version
 * @param kind the kind
 */
public record ObjectKind(String group, String version, String kind) {
  /** What stands in place of a version inside of the reference. */
  public static final String INTERNAL = "__internal";

  /** {@return the group, if any, and the version} */
  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /** {@return as Go prints it, {@code apps/v1, Kind=Deployment}} */
  @Override
  public String toString() {
    return group + "/" + version + ", Kind=" + kind;
  }
}
