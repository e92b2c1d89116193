package dev.portcullis.manifests.yaml;

import dev.portcullis.manifests.yaml.Token.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tokens to trees, by libyaml's grammar, a method a production.
 *
 * <p>Mistakes that kubectl's library finds only after it has parsed a document (a key that is a
 * list, a value that does not fit its tag) wait until then here too, so that the first problem
 * reported is the same.
 */
final class Composer {
  /** What may stand where a node is expected. */
  private enum Place {
    BLOCK,
    /** The value of a block mapping: its list need not be indented. */
    BLOCK_OR_INDENTLESS,
    FLOW
  }

  private record Properties(@Nullable String anchor, @Nullable String tag, int end) {
    static final Properties NONE = new Properties(null, null, -1);
  }

  private static final Set<Kind> DOCUMENT_ENDS =
      EnumSet.of(
          Kind.VERSION_DIRECTIVE,
          Kind.TAG_DIRECTIVE,
          Kind.DOCUMENT_START,
          Kind.DOCUMENT_END,
          Kind.STREAM_END);
  private static final Set<Kind> BLOCK_ITEM_ENDS = EnumSet.of(Kind.BLOCK_ENTRY, Kind.BLOCK_END);
  private static final Set<Kind> INDENTLESS_ITEM_ENDS =
      EnumSet.of(Kind.BLOCK_ENTRY, Kind.KEY, Kind.VALUE, Kind.BLOCK_END);
  private static final Set<Kind> BLOCK_VALUE_ENDS =
      EnumSet.of(Kind.KEY, Kind.VALUE, Kind.BLOCK_END);

  private final TextCursor in;
  private final Scanner tokens;
  private final SourceText source;
  private final YamlLimits limits;
  private TagHandles tags = TagHandles.STANDARD;
  private Anchors anchors;
  private boolean first = true;

  Composer(SourceText source, int from, YamlLimits limits) {
    this.in = new TextCursor(source, from);
    this.tokens = new Scanner(in);
    this.source = source;
    this.limits = limits;
    this.anchors = new Anchors(source, limits);
  }

  /** {@return the offset where the next document starts, or -1 at the end of the source} */
  int nextDocument() throws YamlException {
    Token token = tokens.peek();
    while (!first && token.kind() == Kind.DOCUMENT_END) {
      token = next();
    }
    return token.kind() == Kind.STREAM_END ? -1 : token.start();
  }

  /** {@return the root of the document that {@link #nextDocument} found} */
  Node document() throws YamlException {
    Kind kind = tokens.peek().kind();
    boolean implicit = first && (kind == Kind.DOCUMENT_END || !DOCUMENT_ENDS.contains(kind));
    first = false;
    anchors = new Anchors(source, limits);
    tags = TagHandles.STANDARD;
    Node root = implicit ? node(Place.BLOCK, 0) : explicitDocument();
    // What follows decides whether the document was well formed.
    if (tokens.peek().kind() == Kind.DOCUMENT_END) {
      tokens.skip();
    }
    anchors.throwDeferred();
    return root;
  }

  private Node explicitDocument() throws YamlException {
    directives();
    Token token = tokens.peek();
    if (token.kind() != Kind.DOCUMENT_START) {
      throw in.problem("did not find expected <document start>", token);
    }
    token = next();
    return DOCUMENT_ENDS.contains(token.kind()) ? empty(token.start()) : node(Place.BLOCK, 0);
  }

  private void directives() throws YamlException {
    boolean versioned = false;
    for (Token token = tokens.peek(); ; token = next()) {
      if (token.kind() == Kind.VERSION_DIRECTIVE) {
        if (versioned) {
          throw in.problem("found duplicate %YAML directive", token);
        }
        if (!token.text().equals("1.1")) {
          throw in.problem("found incompatible YAML document", token);
        }
        versioned = true;
      } else if (token.kind() == Kind.TAG_DIRECTIVE) {
        if (tags.declares(token.handle())) {
          throw in.problem("found duplicate %TAG directive", token);
        }
        tags = tags.with(token.handle(), token.text());
      } else {
        return;
      }
    }
  }

  private Node node(Place place, int depth) throws YamlException {
    Token token = tokens.peek();
    int start = token.start();
    if (token.kind() == Kind.ALIAS) {
      tokens.skip();
      return anchors.alias(token, depth);
    }
    anchors.count(depth, start);
    if (token.kind() != Kind.ANCHOR && token.kind() != Kind.TAG) {
      return content(token, Properties.NONE, start, place, depth);
    }
    Properties properties = properties(token);
    if (properties.anchor() == null) {
      return content(tokens.peek(), properties, start, place, depth);
    }
    Anchors.Open open = anchors.open(properties.anchor(), depth);
    Node node = content(tokens.peek(), properties, start, place, depth);
    anchors.close(open, node);
    return node;
  }

  private Properties properties(Token token) throws YamlException {
    String anchor = null;
    Token tag = null;
    int end = token.end();
    while ((token.kind() == Kind.ANCHOR && anchor == null)
        || (token.kind() == Kind.TAG && tag == null)) {
      if (token.kind() == Kind.ANCHOR) {
        anchor = token.text();
      } else {
        tag = token;
      }
      end = token.end();
      token = next();
    }
    String full = tag == null ? null : tags.resolve(tag);
    if (tag != null && full == null) {
      throw in.problem("found undefined tag handle", tag);
    }
    return new Properties(anchor, full, end);
  }

  private Node content(Token token, Properties properties, int start, Place place, int depth)
      throws YamlException {
    boolean block = place != Place.FLOW;
    return switch (token.kind()) {
      case SCALAR -> {
        tokens.skip();
        yield scalar(
            start,
            token.end(),
            properties,
            token.style() == null ? Style.PLAIN : token.style(),
            token.text());
      }
      case FLOW_SEQUENCE_START -> flowSequence(start, properties, depth);
      case FLOW_MAPPING_START -> flowMapping(start, properties, depth);
      case BLOCK_ENTRY ->
          place == Place.BLOCK_OR_INDENTLESS
              ? indentlessSequence(start, properties, depth)
              : noContent(token, properties, start);
      case BLOCK_SEQUENCE_START ->
          block ? blockSequence(start, properties, depth) : noContent(token, properties, start);
      case BLOCK_MAPPING_START ->
          block ? blockMapping(start, properties, depth) : noContent(token, properties, start);
      default -> noContent(token, properties, start);
    };
  }

  private Node noContent(Token token, Properties properties, int start) throws YamlException {
    if (properties.end() < 0) {
      throw in.problem("did not find expected node content", token);
    }
    return scalar(start, properties.end(), properties, Style.PLAIN, "");
  }

  private Node blockSequence(int start, Properties properties, int depth) throws YamlException {
    List<Node> items = new ArrayList<>();
    Token token = next();
    while (token.kind() == Kind.BLOCK_ENTRY) {
      int after = token.end();
      boolean empty = BLOCK_ITEM_ENDS.contains(next().kind());
      items.add(empty ? emptyChild(after, depth) : node(Place.BLOCK, depth + 1));
      token = tokens.peek();
    }
    if (token.kind() != Kind.BLOCK_END) {
      throw in.problem("did not find expected '-' indicator", token);
    }
    tokens.skip();
    return new Sequence(start, end(items, start), properties.anchor(), Layout.BLOCK, items);
  }

  private Node indentlessSequence(int start, Properties properties, int depth)
      throws YamlException {
    List<Node> items = new ArrayList<>();
    Token token = tokens.peek();
    while (token.kind() == Kind.BLOCK_ENTRY) {
      int after = token.end();
      boolean empty = INDENTLESS_ITEM_ENDS.contains(next().kind());
      items.add(empty ? emptyChild(after, depth) : node(Place.BLOCK, depth + 1));
      token = tokens.peek();
    }
    return new Sequence(start, end(items, start), properties.anchor(), Layout.BLOCK, items);
  }

  private static int end(List<Node> items, int start) {
    return items.isEmpty() ? start : items.getLast().end();
  }

  private Node blockMapping(int start, Properties properties, int depth) throws YamlException {
    List<Entry> entries = new ArrayList<>();
    Token token = next();
    while (token.kind() == Kind.KEY) {
      Node key = blockChild(depth);
      checkKey(key);
      token = tokens.peek();
      Node value =
          token.kind() == Kind.VALUE ? blockChild(depth) : emptyChild(token.start(), depth);
      entries.add(entry(key, value));
      token = tokens.peek();
    }
    if (token.kind() != Kind.BLOCK_END) {
      throw in.problem("did not find expected key", token);
    }
    tokens.skip();
    int end = entries.isEmpty() ? start : entries.getLast().value().end();
    return new Mapping(start, end, properties.anchor(), Layout.BLOCK, entries);
  }

  /** Reads what follows a KEY or VALUE of a block mapping. */
  private Node blockChild(int depth) throws YamlException {
    int after = tokens.peek().end();
    boolean empty = BLOCK_VALUE_ENDS.contains(next().kind());
    return empty ? emptyChild(after, depth) : node(Place.BLOCK_OR_INDENTLESS, depth + 1);
  }

  private Node flowSequence(int start, Properties properties, int depth) throws YamlException {
    List<Node> items = new ArrayList<>();
    Token token = next();
    while (token.kind() != Kind.FLOW_SEQUENCE_END) {
      if (!items.isEmpty()) {
        token = separator(token, "did not find expected ',' or ']'");
        if (token.kind() == Kind.FLOW_SEQUENCE_END) {
          break;
        }
      }
      items.add(
          token.kind() == Kind.KEY ? singlePair(token, depth + 1) : node(Place.FLOW, depth + 1));
      token = tokens.peek();
    }
    tokens.skip();
    return new Sequence(start, token.end(), properties.anchor(), Layout.FLOW, items);
  }

  private Token separator(Token token, String problem) throws YamlException {
    if (token.kind() != Kind.FLOW_ENTRY) {
      throw in.problem(problem, token);
    }
    return next();
  }

  /** Reads {@code key: value} in a flow sequence, which is a mapping. */
  private Node singlePair(Token start, int depth) throws YamlException {
    anchors.count(depth, start.start());
    Token token = next();
    Node key;
    if (token.kind() == Kind.VALUE
        || token.kind() == Kind.FLOW_ENTRY
        || token.kind() == Kind.FLOW_SEQUENCE_END) {
      // The library takes the token too, so a value after an empty key is an error.
      key = emptyChild(token.end(), depth);
      tokens.skip();
    } else {
      key = node(Place.FLOW, depth + 1);
    }
    checkKey(key);
    Node value = flowValue(Kind.FLOW_SEQUENCE_END, depth);
    return new Mapping(start.start(), value.end(), null, Layout.FLOW, List.of(entry(key, value)));
  }

  private Node flowMapping(int start, Properties properties, int depth) throws YamlException {
    List<Entry> entries = new ArrayList<>();
    Token token = next();
    while (token.kind() != Kind.FLOW_MAPPING_END) {
      if (!entries.isEmpty()) {
        token = separator(token, "did not find expected ',' or '}'");
        if (token.kind() == Kind.FLOW_MAPPING_END) {
          break;
        }
      }
      entries.add(flowEntry(token, depth));
      token = tokens.peek();
    }
    tokens.skip();
    return new Mapping(start, token.end(), properties.anchor(), Layout.FLOW, entries);
  }

  private Entry flowEntry(Token token, int depth) throws YamlException {
    if (token.kind() != Kind.KEY) {
      Node key = node(Place.FLOW, depth + 1);
      checkKey(key);
      return entry(key, emptyChild(tokens.peek().start(), depth));
    }
    token = next();
    boolean empty = token.kind() == Kind.VALUE || endsFlowValue(token, Kind.FLOW_MAPPING_END);
    Node key = empty ? emptyChild(token.start(), depth) : node(Place.FLOW, depth + 1);
    checkKey(key);
    return entry(key, flowValue(Kind.FLOW_MAPPING_END, depth));
  }

  private Node flowValue(Kind end, int depth) throws YamlException {
    Token token = tokens.peek();
    if (token.kind() == Kind.VALUE) {
      int after = token.end();
      token = next();
      return endsFlowValue(token, end) ? emptyChild(after, depth) : node(Place.FLOW, depth + 1);
    }
    return emptyChild(token.start(), depth);
  }

  private static boolean endsFlowValue(Token token, Kind end) {
    return token.kind() == Kind.FLOW_ENTRY || token.kind() == end;
  }

  private void checkKey(Node key) {
    if (!(key.resolved() instanceof Scalar)) {
      String message = "yaml: invalid map key: " + GoSyntax.of(key);
      anchors.defer(message, "a key must be a single value, not a list or a mapping", key.start());
    }
  }

  private Entry entry(Node key, Node value) {
    Entry entry = new Entry(key, value);
    if (entry.isMerge()) {
      boolean mappings =
          value instanceof Sequence sequence
              ? sequence.items().stream().allMatch(item -> item.resolved() instanceof Mapping)
              : value.resolved() instanceof Mapping;
      if (!mappings) {
        anchors.defer("map merge requires map or sequence of maps as the value", value.start());
      }
    }
    return entry;
  }

  private Scalar scalar(int start, int end, Properties properties, Style style, String text) {
    String tag = properties.tag();
    boolean mergeable =
        tag == null
            ? style == Style.PLAIN
            : tag.equals("!") || tag.equals(ScalarResolver.TAG_PREFIX + "merge");
    Object value = text;
    if (tag != null) {
      value = tagged(tag, text, start);
    } else if (style == Style.PLAIN) {
      value = ScalarResolver.plain(text);
    }
    return new Scalar(
        start, end, properties.anchor(), style, text, value, mergeable && text.equals("<<"));
  }

  private @Nullable Object tagged(String tag, String text, int start) {
    try {
      return ScalarResolver.tagged(tag, text);
    } catch (IllegalArgumentException e) {
      anchors.defer(String.valueOf(e.getMessage()), start);
      return text;
    }
  }

  private Node emptyChild(int at, int depth) throws YamlException {
    anchors.count(depth + 1, at);
    return empty(at);
  }

  private static Scalar empty(int at) {
    return new Scalar(at, at, null, Style.PLAIN, "", null, false);
  }

  private Token next() throws YamlException {
    tokens.skip();
    return tokens.peek();
  }
}
