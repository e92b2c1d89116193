package dev.portcullis.conformance.compare;

import dev.portcullis.policy.json.JsonSlice;

/**
 * A question in the form that is sent.
 *
 * @param bytes without the end of the line
 * @param subjectAt where the value of the last member starts: the thing that is asked about
 */
@SuppressWarnings("ArrayRecordComponent") // Written once, then only read.
public record Line(byte[] bytes, int subjectAt) {
  /** {@return the thing that is asked about, in place} */
  public JsonSlice subject() {
    return new JsonSlice(bytes, subjectAt, bytes.length - 1 - subjectAt);
  }
}
