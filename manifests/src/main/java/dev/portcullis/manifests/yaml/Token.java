package dev.portcullis.manifests.yaml;

import org.jspecify.annotations.Nullable;

/**
 * A piece of YAML that the grammar is made of.
 *
 * @param start the offset of its first character
 * @param end the offset after its last character
 * @param line the line of its start as the scanner counts them, from 0
 * @param text a scalar's content, the name of an anchor or alias, a tag's suffix or a directive's
 *     prefix; else empty
 * @param handle a tag's handle; else empty
 * @param style a scalar's style; else null
 */
record Token(
    Kind kind, int start, int end, int line, String text, String handle, @Nullable Style style) {
  enum Kind {
    STREAM_END,
    VERSION_DIRECTIVE,
    TAG_DIRECTIVE,
    DOCUMENT_START,
    DOCUMENT_END,
    BLOCK_SEQUENCE_START,
    BLOCK_MAPPING_START,
    BLOCK_END,
    FLOW_SEQUENCE_START,
    FLOW_SEQUENCE_END,
    FLOW_MAPPING_START,
    FLOW_MAPPING_END,
    BLOCK_ENTRY,
    FLOW_ENTRY,
    KEY,
    VALUE,
    ALIAS,
    ANCHOR,
    TAG,
    SCALAR
  }

  static Token mark(Kind kind, int start, int end, int line) {
    return new Token(kind, start, end, line, "", "", null);
  }

  static Token named(Kind kind, int start, int end, int line, String text) {
    return new Token(kind, start, end, line, text, "", null);
  }

  static Token scalar(int start, int end, int line, String text, Style style) {
    return new Token(Kind.SCALAR, start, end, line, text, "", style);
  }
}
