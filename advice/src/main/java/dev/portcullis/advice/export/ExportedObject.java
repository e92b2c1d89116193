package dev.portcullis.advice.export;

import java.util.Map;

/**
 * An object to apply, without its annotations.
 *
 * @param kind {@link #POLICY} or {@link #BINDING}
 * @param name its name in the cluster
 * @param spec maps, lists and scalars; members in the order to write them
 */
record ExportedObject(String kind, String name, Map<String, Object> spec) {
  static final String POLICY = "ValidatingAdmissionPolicy";
  static final String BINDING = "ValidatingAdmissionPolicyBinding";
}
