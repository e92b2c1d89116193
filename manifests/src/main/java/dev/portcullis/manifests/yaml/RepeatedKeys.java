package dev.portcullis.manifests.yaml;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keys that stand twice in a mapping, in the order and the words of {@code yaml.UnmarshalStrict}.
 */
final class RepeatedKeys {
  /** A repeated key, at the position of its value. */
  record Repeated(String key, Position position) {
    @Override
    public String toString() {
      return "line " + position.line() + ": key " + key + " already set in map";
    }
  }

  private final SourceText source;
  private final List<Repeated> found = new ArrayList<>();

  private RepeatedKeys(SourceText source) {
    this.source = source;
  }

  static List<Repeated> in(Node root, SourceText source) {
    RepeatedKeys keys = new RepeatedKeys(source);
    keys.node(root);
    return keys.found;
  }

  static YamlException exception(List<Repeated> repeated) {
    String lines =
        repeated.stream()
            .map(Repeated::toString)
            .collect(Collectors.joining("\n  ", "unmarshal errors:\n  ", ""));
    return YamlException.of(lines, repeated.getFirst().position());
  }

  private void node(Node node) {
    switch (node.resolved()) {
      case Mapping mapping -> mapping(mapping, new HashSet<>());
      case Sequence sequence -> sequence.items().forEach(this::node);
      case Scalar scalar -> {}
      case Alias alias -> {}
    }
  }

  /** A merged mapping adds to the keys of the one that it is merged into. */
  private void mapping(Mapping mapping, Set<@Nullable Object> keys) {
    for (Entry entry : mapping.entries()) {
      if (entry.isMerge()) {
        merge(entry.value(), keys);
        continue;
      }
      node(entry.value());
      Object key = entry.key().resolved() instanceof Scalar scalar ? scalar.value() : entry.key();
      if (!keys.add(key)) {
        found.add(new Repeated(GoSyntax.of(key), source.position(entry.value().start())));
      }
    }
  }

  private void merge(Node value, Set<@Nullable Object> keys) {
    if (value.resolved() instanceof Mapping mapping) {
      mapping(mapping, keys);
    } else if (value instanceof Sequence sequence) {
      for (int i = sequence.items().size() - 1; i >= 0; i--) {
        if (sequence.items().get(i).resolved() instanceof Mapping mapping) {
          mapping(mapping, keys);
        }
      }
    }
  }
}
