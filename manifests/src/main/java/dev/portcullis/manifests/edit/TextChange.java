package dev.portcullis.manifests.edit;

/**
 * Replaces a range of a text.
 *
 * @param from offset of the first character that goes
 * @param to offset behind the last
 * @param with what comes instead
 */
record TextChange(int from, int to, String with) {
  static TextChange insert(int at, String text) {
    return new TextChange(at, at, text);
  }

  String applyTo(String text) {
    return text.substring(0, from) + with + text.substring(to);
  }
}
