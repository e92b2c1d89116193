package dev.portcullis.manifests.yaml;

import dev.portcullis.policy.GoText;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Nodes as JSON bytes. */
public final class NodeJson {
  private static final Comparator<Entry> BY_UTF_8 =
      (left, right) -> GoText.BYTE_ORDER.compare(left.name(), right.name());

  /**
   * What aliases may add: a long text may have many, so the number of nodes alone does not bound
   * the output.
   */
  private static final int MAX_EXPANSION = 4 << 20;

  private static final String TOO_LARGE = "document is too large when its aliases are written out";

  /** The longest escape of a character, {@code \\u003c} for {@code <}. */
  private static final int LONGEST_ESCAPE = 6;

  private final JsonOutput out;
  private final boolean sorted;

  /** Where the value begins that is being written. */
  private int at;

  private NodeJson(boolean sorted, SourceText source) {
    this.sorted = sorted;
    long max = MAX_EXPANSION + (long) LONGEST_ESCAPE * source.text().length();
    this.out = new JsonOutput((int) Math.min(max, Integer.MAX_VALUE - 8));
  }

  /**
   * {@return the node as JSON, keys in the order of the text}
   *
   * <p>Of repeated keys in YAML only the last is written; JSON sources are written unchanged.
   *
   * @throws YamlException if JSON cannot hold a value: a null key, NaN, an infinity
   */
  public static byte[] bytes(Node node, SourceText source) throws YamlException {
    return write(node, source, false);
  }

  /** {@return the same with sorted keys, as Go prints maps} */
  static byte[] sortedBytes(Node node, SourceText source) throws YamlException {
    return write(node, source, true);
  }

  private static byte[] write(Node node, SourceText source, boolean sorted) throws YamlException {
    NodeJson json = new NodeJson(sorted, source);
    try {
      json.node(node);
    } catch (Unwritable e) {
      throw new YamlException(e.message, e.message, source.position(e.offset));
    } catch (JsonOutput.FullException e) {
      throw new YamlException(TOO_LARGE, TOO_LARGE, source.position(json.at));
    }
    return json.out.toByteArray();
  }

  private void node(Node node) throws Unwritable {
    at = node.start();
    switch (node.resolved()) {
      case Mapping mapping -> mapping(mapping);
      case Sequence sequence -> sequence(sequence);
      case Scalar scalar -> scalar(scalar);
      case Alias alias -> throw new IllegalStateException("an alias of an alias: " + alias.name());
    }
  }

  private void sequence(Sequence sequence) throws Unwritable {
    out.ascii('[');
    boolean first = true;
    for (Node item : sequence.items()) {
      if (!first) {
        out.ascii(',');
      }
      first = false;
      node(item);
    }
    out.ascii(']');
  }

  private void mapping(Mapping mapping) throws Unwritable {
    out.ascii('{');
    boolean first = true;
    for (Entry entry : entries(mapping)) {
      if (!first) {
        out.ascii(',');
      }
      first = false;
      out.string(name(entry));
      out.ascii(':');
      node(entry.value());
    }
    out.ascii('}');
  }

  private List<Entry> entries(Mapping mapping) {
    List<Entry> all = mapping.flattened();
    if (mapping.layout() == Layout.JSON) {
      return all;
    }
    List<Entry> last = lastOfEachName(all);
    if (!sorted) {
      return last;
    }
    Entry[] array = last.toArray(Entry[]::new);
    Arrays.sort(array, BY_UTF_8);
    return Arrays.asList(array);
  }

  private static List<Entry> lastOfEachName(List<Entry> all) {
    if (!repeats(all)) {
      return all;
    }
    Map<String, Entry> last = new LinkedHashMap<>();
    for (Entry entry : all) {
      last.put(entry.name(), entry);
    }
    return new ArrayList<>(last.values());
  }

  private static boolean repeats(List<Entry> all) {
    int size = all.size();
    if (size > 12) {
      Set<String> names = new HashSet<>(size * 2);
      for (Entry entry : all) {
        if (!names.add(entry.name())) {
          return true;
        }
      }
      return false;
    }
    for (int i = 1; i < size; i++) {
      for (int j = 0; j < i; j++) {
        if (all.get(i).name().equals(all.get(j).name())) {
          return true;
        }
      }
    }
    return false;
  }

  private static String name(Entry entry) throws Unwritable {
    Object key = ((Scalar) entry.key().resolved()).value();
    if (key != null && !(key instanceof BigInteger)) {
      return entry.name();
    }
    String type = key == null ? "%!s(<nil>), key: <nil>" : "uint64, key: " + GoSyntax.of(key);
    String value = ", value: " + GoSyntax.of(entry.value());
    throw new Unwritable("unsupported map key of type: " + type + value, entry.key().start());
  }

  private void scalar(Scalar scalar) throws Unwritable {
    if (scalar.style() == Style.JSON) {
      out.ascii(scalar.text());
      return;
    }
    switch (scalar.value()) {
      case null -> out.ascii("null");
      case String string -> out.string(string);
      case Double number -> out.ascii(finite(number, scalar.start()));
      case Object other -> out.ascii(other.toString());
    }
  }

  private static String finite(double number, int offset) throws Unwritable {
    if (Double.isFinite(number)) {
      return GoNumbers.formatJson(number);
    }
    String name = Double.isNaN(number) ? "NaN" : number > 0 ? "+Inf" : "-Inf";
    throw new Unwritable("json: unsupported value: " + name, offset);
  }

  /** Ends the writing of a value that JSON cannot hold. */
  private static final class Unwritable extends Exception {
    private static final long serialVersionUID = 1;
    private final String message;
    private final int offset;

    Unwritable(String message, int offset) {
      super(message, null, false, false);
      this.message = message;
      this.offset = offset;
    }
  }
}
