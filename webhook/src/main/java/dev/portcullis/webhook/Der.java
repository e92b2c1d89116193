package dev.portcullis.webhook;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;

/** As much of DER (ITU-T X.690) as certificates and keys of ours need. */
final class Der {
  private static final int INTEGER = 0x02;
  private static final int OCTET_STRING = 0x04;

  private Der() {}

  /** {@return a value: its tag, its length, and these contents one after the other} */
  static byte[] value(int tag, byte[]... contents) {
    int length = 0;
    for (byte[] content : contents) {
      length += content.length;
    }
    var out = new ByteArrayOutputStream(length + 5);
    out.write(tag);
    if (length < 0x80) {
      out.write(length);
    } else if (length < 0x100) {
      out.write(0x81);
      out.write(length);
    } else if (length < 0x10000) {
      out.write(0x82);
      out.write(length >> 8);
      out.write(length);
    } else {
      throw new IllegalArgumentException("too long: " + length);
    }
    for (byte[] content : contents) {
      out.writeBytes(content);
    }
    return out.toByteArray();
  }

  static byte[] sequence(byte[]... contents) {
    return value(0x30, contents);
  }

  static byte[] integer(BigInteger number) {
    return value(INTEGER, number.toByteArray());
  }

  static byte[] bool(boolean value) {
    return value(0x01, new byte[] {(byte) (value ? 0xff : 0)});
  }

  static byte[] octets(byte[] bytes) {
    return value(OCTET_STRING, bytes);
  }

  /** {@return a bit string whose last byte has so many unused bits} */
  static byte[] bits(int unused, byte... bytes) {
    return value(0x03, new byte[] {(byte) unused}, bytes);
  }

  static byte[] nothing() {
    return value(0x05);
  }

  /** {@return an object identifier from its numbers, separated by dots} */
  static byte[] oid(String dotted) {
    int[] numbers = Arrays.stream(dotted.split("\\.", -1)).mapToInt(Integer::parseInt).toArray();
    var out = new ByteArrayOutputStream();
    out.write(numbers[0] * 40 + numbers[1]);
    for (int i = 2; i < numbers.length; i++) {
      for (int shift = 28; shift > 0; shift -= 7) {
        if (numbers[i] >>> shift != 0) {
          out.write(0x80 | (numbers[i] >>> shift & 0x7f));
        }
      }
      out.write(numbers[i] & 0x7f);
    }
    return value(0x06, out.toByteArray());
  }

  /** {@return a name that is one common name} */
  static byte[] commonName(String name) {
    byte[] text = value(0x0c, name.getBytes(StandardCharsets.UTF_8));
    return sequence(value(0x31, sequence(oid("2.5.4.3"), text)));
  }

  /** {@return a time as certificates spell it (RFC 5280, section 4.1.2.5)} */
  static byte[] time(Instant instant) {
    var utc = instant.atOffset(ZoneOffset.UTC);
    boolean century = utc.getYear() >= 2050;
    String pattern = century ? "yyyyMMddHHmmss'Z'" : "yyMMddHHmmss'Z'";
    String text = DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(utc);
    return value(century ? 0x18 : 0x17, text.getBytes(StandardCharsets.US_ASCII));
  }

  /** {@return the PKCS #8 form (RFC 5208) of an RSA key (PKCS #1)} */
  static byte[] pkcs8OfRsa(byte[] pkcs1) {
    byte[] algorithm = sequence(oid("1.2.840.113549.1.1.1"), nothing());
    return sequence(integer(BigInteger.ZERO), algorithm, octets(pkcs1));
  }

  /** {@return the PKCS #8 form of an EC key (RFC 5915)}, which must name its curve */
  static byte[] pkcs8OfEc(byte[] sec1) throws GeneralSecurityException {
    try {
      byte[] fields = content(sec1, 0, 0x30);
      int at = end(fields, 0);
      byte[] number = content(fields, at, OCTET_STRING);
      byte[] curve = content(fields, end(fields, at), 0xa0);
      byte[] algorithm = sequence(oid("1.2.840.10045.2.1"), curve);
      byte[] key = sequence(integer(BigInteger.ONE), octets(number));
      return sequence(integer(BigInteger.ZERO), algorithm, octets(key));
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new GeneralSecurityException(
          "the EC key is not as RFC 5915 has it, or names no curve", e);
    }
  }

  private static byte[] content(byte[] bytes, int at, int tag) {
    if ((bytes[at] & 0xff) != tag) {
      throw new IllegalArgumentException("tag " + bytes[at] + " where " + tag + " should be");
    }
    int end = end(bytes, at);
    return Arrays.copyOfRange(bytes, end - length(bytes, at), end);
  }

  /** {@return where the value that starts here ends} */
  private static int end(byte[] bytes, int at) {
    int lengthBytes = bytes[at + 1] < 0 ? bytes[at + 1] & 0x7f : 0;
    int end = at + 2 + lengthBytes + length(bytes, at);
    if (end > bytes.length || end < at) {
      throw new IndexOutOfBoundsException(end);
    }
    return end;
  }

  private static int length(byte[] bytes, int at) {
    int first = bytes[at + 1];
    if (first >= 0) {
      return first;
    }
    int length = 0;
    for (int i = 0; i < (first & 0x7f); i++) {
      length = length << 8 | (bytes[at + 2 + i] & 0xff);
    }
    return length;
  }
}
