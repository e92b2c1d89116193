package dev.portcullis.manifests.yaml;

import org.jspecify.annotations.Nullable;

/**
 * Reads the documents of a YAML source one by one.
 *
 * <p>After an error the reader can go on with the next document, if there is one: {@link
 * #skipToNextDocument}.
 */
public final class DocumentReader {
  private final SourceText source;
  private final YamlLimits limits;
  private Composer composer;
  private int index;
  private int start;

  /** A reader of a whole source. */
  public DocumentReader(SourceText source, YamlLimits limits) {
    this.source = source;
    this.limits = limits;
    this.composer = new Composer(source, 0, limits);
  }

  /**
   * {@return the next document, or null at the end}
   *
   * @throws YamlException if it is no YAML or too large
   */
  public @Nullable Document next() throws YamlException {
    int found = composer.nextDocument();
    if (found < 0) {
      return null;
    }
    start = found;
    Node root = composer.document();
    start = Math.max(found, root.end());
    return new Document(index++, root);
  }

  /**
   * Leaves a document that could not be read.
   *
   * @param offset where its error is
   * @return whether another one follows
   */
  public boolean skipToNextDocument(int offset) {
    String text = source.text();
    int at = text.indexOf("\n---", Math.max(offset - 1, start));
    while (at >= 0) {
      int after = at + 4;
      if (after == text.length() || " \t\r\n".indexOf(text.charAt(after)) >= 0) {
        index++;
        start = at + 1;
        composer = new Composer(source, start, limits);
        return true;
      }
      at = text.indexOf("\n---", after);
    }
    return false;
  }

  /** {@return the number of the document that could not be read} */
  public int failedIndex() {
    return index;
  }

  /** {@return the offset where that document starts} */
  public int failedStart() {
    return start;
  }
}
