package dev.portcullis.manifests.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/**
 * Builds one document's tree from events.
 *
 * <p>Size and depth are counted as if every alias were written out, so a small text cannot stand
 * for a huge tree.
 */
final class Composer {
  /**
   * An anchored node with the number of nodes in it and the levels below it; null while it is still
   * open.
   */
  private record Anchored(@Nullable Node node, int nodes, int levels) {
    static final Anchored OPEN = new Anchored(null, 0, 0);
  }

  private final YamlEvents events;
  private final SourceText source;
  private final YamlLimits limits;
  private @Nullable Map<String, Anchored> anchors;
  private int nodes;
  private int deepest;

  Composer(YamlEvents events, SourceText source, YamlLimits limits) {
    this.events = events;
    this.source = source;
    this.limits = limits;
  }

  Node compose() throws YamlException {
    return node(0);
  }

  private Node node(int depth) throws YamlException {
    Event event = events.next();
    int start = events.start(event);
    if (event instanceof AliasEvent alias) {
      return alias(alias, start, depth);
    }
    count(1, depth, start);
    Optional<Anchor> property = ((NodeEvent) event).getAnchor();
    if (property.isEmpty()) {
      return content(event, start, depth, null);
    }
    return anchored(event, start, depth, property.get().getValue());
  }

  private Node anchored(Event event, int start, int depth, String name) throws YamlException {
    Map<String, Anchored> known = anchors;
    if (known == null) {
      known = new HashMap<>();
      anchors = known;
    }
    known.put(name, Anchored.OPEN);
    int nodesBefore = nodes - 1;
    int deepestBefore = deepest;
    deepest = depth;
    Node node = content(event, start, depth, name);
    known.put(name, new Anchored(node, nodes - nodesBefore, deepest - depth));
    deepest = Math.max(deepest, deepestBefore);
    return node;
  }

  private Node content(Event event, int start, int depth, @Nullable String anchor)
      throws YamlException {
    return switch (event.getEventId()) {
      case Scalar -> scalar((ScalarEvent) event, start, anchor);
      case SequenceStart -> sequence((CollectionStartEvent) event, start, depth, anchor);
      case MappingStart -> mapping((CollectionStartEvent) event, start, depth, anchor);
      default -> throw new IllegalStateException("no node starts with " + event);
    };
  }

  private Node sequence(CollectionStartEvent event, int start, int depth, @Nullable String anchor)
      throws YamlException {
    List<Node> items = new ArrayList<>();
    while (events.peek().getEventId() != Event.ID.SequenceEnd) {
      items.add(node(depth + 1));
    }
    int last = items.isEmpty() ? events.end(event) : items.getLast().end();
    int end = end(event, last);
    return new Sequence(start, end, anchor, layout(event), items);
  }

  private Node mapping(CollectionStartEvent event, int start, int depth, @Nullable String anchor)
      throws YamlException {
    List<Entry> entries = new ArrayList<>();
    while (events.peek().getEventId() != Event.ID.MappingEnd) {
      Node key = node(depth + 1);
      Node value = node(depth + 1);
      Entry entry = new Entry(key, value);
      checkKey(entry);
      entries.add(entry);
    }
    int last = entries.isEmpty() ? events.end(event) : entries.getLast().value().end();
    int end = end(event, last);
    return new Mapping(start, end, anchor, layout(event), entries);
  }

  private int end(CollectionStartEvent start, int lastChild) throws YamlException {
    Event end = events.next();
    return start.isFlow() ? events.end(end) : lastChild;
  }

  private static Layout layout(CollectionStartEvent event) {
    return event.isFlow() ? Layout.FLOW : Layout.BLOCK;
  }

  private void checkKey(Entry entry) throws YamlException {
    if (!entry.isMerge()) {
      if (!(entry.key().resolved() instanceof Scalar)) {
        throw YamlException.of(
            "invalid map key: a mapping or sequence", source.position(entry.key().start()));
      }
      return;
    }
    Node merged = entry.value();
    boolean mappings =
        merged instanceof Sequence sequence
            ? sequence.items().stream().allMatch(item -> item.resolved() instanceof Mapping)
            : merged.resolved() instanceof Mapping;
    if (!mappings) {
      throw YamlException.of(
          "map merge requires map or sequence of maps as the value",
          source.position(merged.start()));
    }
  }

  private Node scalar(ScalarEvent event, int start, @Nullable String anchor) throws YamlException {
    String text = event.getValue();
    Style style = style(event.getScalarStyle());
    String tag = event.getTag().orElse(null);
    if (tag == null) {
      boolean plain = style == Style.PLAIN;
      Object value = plain ? ScalarResolver.plain(text) : text;
      return new Scalar(
          start, events.end(event), anchor, style, text, value, plain && text.equals("<<"));
    }
    try {
      Object value = ScalarResolver.tagged(tag, text);
      return new Scalar(
          start,
          events.end(event),
          anchor,
          style,
          text,
          value,
          text.equals("<<") && tag.endsWith(":merge"));
    } catch (IllegalArgumentException e) {
      throw YamlException.of(String.valueOf(e.getMessage()), source.position(start));
    }
  }

  private static Style style(ScalarStyle style) {
    return switch (style) {
      case PLAIN, JSON_SCALAR_STYLE -> Style.PLAIN;
      case SINGLE_QUOTED -> Style.SINGLE_QUOTED;
      case DOUBLE_QUOTED -> Style.DOUBLE_QUOTED;
      case LITERAL -> Style.LITERAL;
      case FOLDED -> Style.FOLDED;
    };
  }

  private Node alias(AliasEvent event, int start, int depth) throws YamlException {
    String name = event.getAlias().getValue();
    Anchored target = anchors == null ? null : anchors.get(name);
    if (target == null) {
      throw YamlException.of("unknown anchor '" + name + "' referenced", source.position(start));
    }
    Node node = target.node();
    if (node == null) {
      throw YamlException.of("anchor '" + name + "' value contains itself", source.position(start));
    }
    if (target.nodes() > limits.maxNodes() - nodes) {
      throw YamlException.of("document contains excessive aliasing", source.position(start));
    }
    count(target.nodes(), depth + target.levels(), start);
    return new Alias(start, events.end(event), name, node);
  }

  private void count(int more, int depth, int start) throws YamlException {
    nodes += more;
    deepest = Math.max(deepest, depth);
    if (depth >= limits.maxDepth()) {
      throw YamlException.of(
          "nested deeper than " + limits.maxDepth() + " levels", source.position(start));
    }
    if (nodes > limits.maxNodes()) {
      throw YamlException.of(
          "document holds more than " + limits.maxNodes() + " nodes", source.position(start));
    }
  }
}
