package dev.portcullis.report;

/** Counts in sentences. */
public final class Plural {
  private Plural() {}

  /** {@return the count and the noun, with an s unless it is one} */
  public static String of(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
