package dev.portcullis.manifests.yaml;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The anchors of a document, and its size and depth.
 *
 * <p>Both are counted as if every alias were written out, so a small text cannot stand for a huge
 * tree.
 */
final class Anchors {
  /**
   * An anchored node with the number of nodes in it and the levels below it; the node is null while
   * it is open.
   */
  private record Anchored(@Nullable Node node, int nodes, int levels, int serial) {}

  /** What has to be known about an anchor until its node is complete. */
  record Open(String name, int depth, int nodesBefore, int deepestBefore, int serial) {}

  private final SourceText source;
  private final YamlLimits limits;
  private final Map<String, Anchored> known = new HashMap<>(4);
  private @Nullable YamlException deferred;
  private int opened;
  private int nodes;
  private int deepest;

  Anchors(SourceText source, YamlLimits limits) {
    this.source = source;
    this.limits = limits;
  }

  /** Counts a node at its depth. */
  void count(int depth, int start) throws YamlException {
    add(1, depth, start);
  }

  /** Starts an anchored node, which has been counted. */
  Open open(String name, int depth) {
    int serial = ++opened;
    known.put(name, new Anchored(null, 0, 0, serial));
    Open open = new Open(name, depth, nodes - 1, deepest, serial);
    deepest = depth;
    return open;
  }

  void close(Open open, Node node) {
    Anchored current = known.get(open.name());
    // An anchor of the same name inside this node counts from then on.
    if (current != null && current.serial() == open.serial()) {
      int size = nodes - open.nodesBefore();
      known.put(open.name(), new Anchored(node, size, deepest - open.depth(), open.serial()));
    }
    deepest = Math.max(deepest, open.deepestBefore());
  }

  Node alias(Token token, int depth) throws YamlException {
    String name = token.text();
    int start = token.start();
    Anchored target = known.get(name);
    if (target == null) {
      throw YamlException.of("unknown anchor '" + name + "' referenced", source.position(start));
    }
    Node node = target.node();
    if (node == null) {
      defer("anchor '" + name + "' value contains itself", start);
      return new Scalar(start, token.end(), null, Style.PLAIN, "", null, false);
    }
    if (target.nodes() > limits.maxNodes() - nodes) {
      throw YamlException.of("document contains excessive aliasing", source.position(start));
    }
    add(target.nodes(), depth + target.levels(), start);
    return new Alias(start, token.end(), name, node);
  }

  private void add(int more, int depth, int start) throws YamlException {
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

  /** Notes a problem that is reported only if the document parses to its end. */
  void defer(String problem, int start) {
    defer("yaml: " + problem, problem, start);
  }

  void defer(String message, String problem, int start) {
    if (deferred == null) {
      deferred = new YamlException(message, problem, source.position(start));
    }
  }

  void throwDeferred() throws YamlException {
    if (deferred != null) {
      throw deferred;
    }
  }
}
