package dev.portcullis.manifests.yaml;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.events.Event;

/**
 * Reads the documents of a YAML source one by one.
 *
 * <p>After an error the reader can go on with the next document, if there is one: {@link
 * #skipToNextDocument}.
 */
public final class DocumentReader {
  private final SourceText source;
  private final YamlLimits limits;
  private YamlEvents events;
  private boolean checked;
  private int index;
  private int position;

  /** A reader of a whole source. */
  public DocumentReader(SourceText source, YamlLimits limits) {
    this.source = source;
    this.limits = limits;
    this.events = new YamlEvents(source, 0);
  }

  /**
   * {@return the next document, or null at the end}
   *
   * @throws YamlException if it is no YAML or too large
   */
  public @Nullable Document next() throws YamlException {
    if (!checked) {
      TextDecoder.checkCharacters(source, position);
      checked = true;
    }
    Event event = events.next();
    while (event.getEventId() == Event.ID.StreamStart
        || event.getEventId() == Event.ID.DocumentEnd) {
      event = events.next();
    }
    if (event.getEventId() == Event.ID.StreamEnd) {
      return null;
    }
    position = events.start(event);
    Node root = new Composer(events, source, limits).compose();
    // What follows decides whether the document was well formed.
    events.peek();
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
    for (int at = Math.max(offset, position); (at = text.indexOf("\n---", at)) >= 0; at++) {
      int after = at + 4;
      if (after == text.length() || " \t\r\n".indexOf(text.charAt(after)) >= 0) {
        index++;
        checked = false;
        position = at + 1;
        events = new YamlEvents(source, position);
        return true;
      }
    }
    return false;
  }

  /** {@return the number of the document that could not be read} */
  public int failedIndex() {
    return index;
  }

  /** {@return the offset where that document starts} */
  public int failedStart() {
    return position;
  }
}
