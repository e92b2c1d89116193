package dev.portcullis.policy.json;

import java.util.Arrays;

/**
 * A JSON value inside a larger document, by reference: the bytes are shared, not copied, and must
 * not be changed.
 *
 * @param bytes the document
 * @param offset where the value starts
 * @param length its length in bytes
 */
@SuppressWarnings("ArrayRecordComponent") // Shared on purpose: slices of one body cost nothing.
public record JsonSlice(byte[] bytes, int offset, int length) {
  /** Refuses a range outside of the bytes. */
  public JsonSlice {
    if (offset < 0 || length < 0 || offset > bytes.length - length) {
      throw new IndexOutOfBoundsException(offset + "+" + length + " of " + bytes.length);
    }
  }

  /** {@return a slice of the whole array} */
  public static JsonSlice of(byte[] bytes) {
    return new JsonSlice(bytes, 0, bytes.length);
  }

  /** {@return whether there is nothing here, or only the literal null} */
  public boolean isNull() {
    return length == 0
        || (length == 4
            && bytes[offset] == 'n'
            && bytes[offset + 1] == 'u'
            && bytes[offset + 2] == 'l'
            && bytes[offset + 3] == 'l');
  }

  /** {@return a copy of the value's bytes} */
  public byte[] copy() {
    return Arrays.copyOfRange(bytes, offset, offset + length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JsonSlice s
        && Arrays.equals(bytes, offset, offset + length, s.bytes, s.offset, s.offset + s.length);
  }

  @Override
  public int hashCode() {
    int h = 1;
    for (int i = offset; i < offset + length; i++) {
      h = 31 * h + bytes[i];
    }
    return h;
  }

  /** {@return the length only: the value may hold what no log should} */
  @Override
  public String toString() {
    return "JsonSlice[" + length + " bytes]";
  }
}
