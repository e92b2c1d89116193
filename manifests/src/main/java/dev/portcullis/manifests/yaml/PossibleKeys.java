package dev.portcullis.manifests.yaml;

import java.util.Arrays;

/**
 * Where a key without a question mark may have started: at most one place for each level of
 * brackets.
 */
final class PossibleKeys {
  private static final int FIELDS = 7;
  private static final int POSSIBLE = 0;
  private static final int TOKEN = 1;
  private static final int AT = 2;
  private static final int OFFSET = 3;
  private static final int LINE = 4;
  private static final int COLUMN = 5;
  private static final int UNLISTED = 6;
  private static final int REQUIRED = 2;

  private int[] fields = new int[FIELDS * 8];
  private int levels = 1;

  /** {@return the level whose possible key starts at a token, or -1} */
  int levelOf(int token) {
    for (int level = 0; level < levels; level++) {
      if (possible(level) && fields[level * FIELDS + UNLISTED] == 0) {
        // Keys of inner levels start at later tokens.
        return token(level) == token ? level : -1;
      }
    }
    return -1;
  }

  /** Adds a level, for the bracket that is the next token. */
  void open(int level, int token) {
    levels = level + 1;
    if (levels * FIELDS > fields.length) {
      fields = Arrays.copyOf(fields, fields.length * 2);
    }
    fields[level * FIELDS + POSSIBLE] = 0;
    fields[level * FIELDS + TOKEN] = token;
  }

  /**
   * Removes the levels above this one.
   *
   * <p>After empty brackets the library no longer looks for the key that they may be, although it
   * still takes a colon for theirs. Brackets are no valid keys, but which error they give depends
   * on it.
   */
  void close(int level) {
    if (token(level) == token(level + 1)) {
      fields[level * FIELDS + UNLISTED] = 1;
    }
    levels = level + 1;
  }

  void put(int level, boolean required, int token, TextCursor in) {
    int first = level * FIELDS;
    fields[first + POSSIBLE] = required ? REQUIRED : 1;
    fields[first + TOKEN] = token;
    fields[first + UNLISTED] = 0;
    fields[first + AT] = in.at;
    fields[first + OFFSET] = in.offset();
    fields[first + LINE] = in.line;
    fields[first + COLUMN] = in.column();
  }

  void remove(int level) {
    fields[level * FIELDS + POSSIBLE] = 0;
  }

  boolean possible(int level) {
    return fields[level * FIELDS + POSSIBLE] != 0;
  }

  boolean required(int level) {
    return fields[level * FIELDS + POSSIBLE] == REQUIRED;
  }

  int token(int level) {
    return fields[level * FIELDS + TOKEN];
  }

  int at(int level) {
    return fields[level * FIELDS + AT];
  }

  int offset(int level) {
    return fields[level * FIELDS + OFFSET];
  }

  int line(int level) {
    return fields[level * FIELDS + LINE];
  }

  int column(int level) {
    return fields[level * FIELDS + COLUMN];
  }
}
