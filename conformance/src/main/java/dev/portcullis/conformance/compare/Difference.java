package dev.portcullis.conformance.compare;

/**
 * A case with answers that differ.
 *
 * @param where kind, seed and index: what makes it again
 * @param question the smallest question found that still differs, as its line
 * @param oracle the reference's answer to it
 * @param ours our answer to it
 */
public record Difference(String where, String question, String oracle, String ours) {
  /** {@return the text that shows it, with the place of the first difference} */
  @Override
  public String toString() {
    int at = 0;
    int common = Math.min(oracle.length(), ours.length());
    while (at < common && oracle.charAt(at) == ours.charAt(at)) {
      at++;
    }
    return where
        + "\n  question   "
        + question
        + "\n  reference  "
        + oracle
        + "\n  portcullis "
        + ours
        + "\n  first at   "
        + " ".repeat(at)
        + "^\n";
  }
}
