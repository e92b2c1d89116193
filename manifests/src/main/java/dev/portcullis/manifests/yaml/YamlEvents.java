package dev.portcullis.manifests.yaml;

import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** The parser's events over a part of a source, with offsets into all of it. */
final class YamlEvents {
  private static final LoadSettings SETTINGS =
      LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build();

  private final SourceText source;
  private final int base;
  private final Iterator<Event> events;
  private final int @Nullable [] offsets;
  private @Nullable Event peeked;

  YamlEvents(SourceText source, int from) {
    this.source = source;
    this.base = from == 0 && source.text().startsWith("\uFEFF") ? 1 : from;
    String text = source.text().substring(base);
    this.offsets = offsetsOfCodePoints(text);
    this.events = new ParserImpl(SETTINGS, new StreamReader(SETTINGS, text));
  }

  Event next() throws YamlException {
    Event event = peek();
    peeked = null;
    return event;
  }

  Event peek() throws YamlException {
    Event event = peeked;
    if (event == null) {
      try {
        event = events.next();
      } catch (MarkedYamlEngineException e) {
        throw YamlProblems.of(e, offset(e.getProblemMark()), offset(e.getContextMark()), source);
      } catch (YamlEngineException e) {
        throw YamlException.of(String.valueOf(e.getMessage()), source.position(base));
      }
      peeked = event;
    }
    return event;
  }

  int start(Event event) {
    return offset(event.getStartMark());
  }

  int end(Event event) {
    return offset(event.getEndMark());
  }

  private int offset(Optional<Mark> mark) {
    int index = mark.isPresent() ? mark.get().getIndex() : 0;
    return base + (offsets == null ? index : offsets[Math.min(index, offsets.length - 1)]);
  }

  /**
   * The parser counts code points, everything else UTF-16 units; they differ only beyond the basic
   * plane.
   */
  private static int @Nullable [] offsetsOfCodePoints(String text) {
    int codePoints = text.codePointCount(0, text.length());
    if (codePoints == text.length()) {
      return null;
    }
    int[] offsets = new int[codePoints + 1];
    int offset = 0;
    for (int i = 0; i < codePoints; i++) {
      offsets[i] = offset;
      offset += Character.charCount(text.codePointAt(offset));
    }
    offsets[codePoints] = offset;
    return offsets;
  }
}
