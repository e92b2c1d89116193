package dev.portcullis.manifests.yaml;

/**
 * The line breaks since the last content of a scalar: the one that ended its line, and those of the
 * empty lines after it.
 */
final class LineBreaks {
  private static final char NONE = 0;

  private final StringBuilder emptyLines = new StringBuilder();
  private char lineEnd = NONE;
  private boolean any;

  void clear() {
    emptyLines.setLength(0);
    lineEnd = NONE;
    any = false;
  }

  boolean any() {
    return any;
  }

  void add(char lineBreak) {
    if (any) {
      emptyLines.append(lineBreak);
    } else {
      lineEnd = lineBreak;
      any = true;
    }
  }

  /** Counts a break that was escaped: it joins lines and leaves nothing. */
  void addEscaped() {
    any = true;
  }

  void addEmptyLine(char lineBreak) {
    emptyLines.append(lineBreak);
    any = true;
  }

  /** Adds what the breaks amount to in a scalar that folds, and forgets them. */
  void foldInto(StringBuilder out) {
    joinInto(out, true);
  }

  /** Adds the breaks, folded if asked for, and forgets them. */
  void joinInto(StringBuilder out, boolean fold) {
    if (fold && lineEnd == '\n') {
      if (emptyLines.isEmpty()) {
        out.append(' ');
      }
    } else if (lineEnd != NONE) {
      out.append(lineEnd);
    }
    out.append(emptyLines);
    clear();
  }

  /** Adds the breaks at the end of a block scalar. */
  void chompInto(StringBuilder out, int chomping) {
    if (chomping >= 0 && lineEnd != NONE) {
      out.append(lineEnd);
    }
    if (chomping > 0) {
      out.append(emptyLines);
    }
    clear();
  }
}
