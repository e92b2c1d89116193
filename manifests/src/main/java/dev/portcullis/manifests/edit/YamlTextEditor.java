package dev.portcullis.manifests.edit;

import dev.portcullis.manifests.yaml.Alias;
import dev.portcullis.manifests.yaml.Entry;
import dev.portcullis.manifests.yaml.Layout;
import dev.portcullis.manifests.yaml.Mapping;
import dev.portcullis.manifests.yaml.Node;
import dev.portcullis.manifests.yaml.Scalar;
import dev.portcullis.manifests.yaml.Sequence;
import dev.portcullis.manifests.yaml.SourceText;
import dev.portcullis.manifests.yaml.Style;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the range of text that a change has to touch. */
final class YamlTextEditor {
  private final SourceText source;
  private final String text;
  private final String eol;
  private final Mapping root;

  YamlTextEditor(SourceText source, Mapping root) {
    this.source = source;
    this.text = source.text();
    this.root = root;
    int lineEnd = text.indexOf('\n');
    this.eol = lineEnd > 0 && text.charAt(lineEnd - 1) == '\r' ? "\r\n" : "\n";
  }

  /** {@return the change that gives the path this value} */
  TextChange set(List<String> path, Object value) throws EditException {
    Node parent = walk(path);
    String last = path.getLast();
    if (parent instanceof Sequence sequence) {
      if (!last.equals("-")) {
        return replace(item(sequence, last), columnOf(parent), value);
      }
      return append(sequence, value);
    }
    Mapping mapping = mapping(parent, path);
    Entry entry = own(mapping, last);
    return entry == null ? insert(mapping, last, value) : replace(entry, value);
  }

  /** {@return the change that takes the path away} */
  TextChange remove(List<String> path) throws EditException {
    Node parent = walk(path);
    String last = path.getLast();
    if (parent instanceof Sequence sequence) {
      int index = sequence.items().indexOf(item(sequence, last));
      if (sequence.layout() == Layout.BLOCK && sequence.items().size() == 1) {
        return empty(sequence, "[]", path);
      }
      return sequence.layout() == Layout.BLOCK
          ? removeBlockItem(sequence, index, path)
          : removeFlow(starts(sequence.items()), ends(sequence.items()), index);
    }
    Mapping mapping = mapping(parent, path);
    Entry entry = own(mapping, last);
    if (entry == null) {
      throw new EditException(
          "there is no " + String.join(".", path) + " here; it comes from elsewhere");
    }
    int index = mapping.entries().indexOf(entry);
    if (mapping.layout() != Layout.BLOCK) {
      return removeFlow(
          mapping.entries().stream().mapToInt(e -> e.key().start()).toArray(),
          mapping.entries().stream().mapToInt(e -> e.value().end()).toArray(),
          index);
    }
    return mapping.entries().size() == 1
        ? empty(mapping, "{}", path)
        : removeBlockEntry(mapping, index);
  }

  private Node walk(List<String> path) throws EditException {
    Node here = root;
    for (String step : path.subList(0, path.size() - 1)) {
      if (here instanceof Sequence sequence) {
        here = item(sequence, step);
      } else {
        Entry entry = own(mapping(here, path), step);
        if (entry == null) {
          throw new EditException(step + " is not written here; it comes from a merge");
        }
        here = entry.value();
      }
      if (here instanceof Alias alias) {
        int line = source.position(alias.target().start()).line();
        throw new EditException(
            "it is shared: *" + alias.name() + " stands for the anchor in line " + line);
      }
    }
    return here;
  }

  private static Mapping mapping(Node node, List<String> path) throws EditException {
    if (node instanceof Mapping mapping) {
      return mapping;
    }
    throw new EditException("what holds " + String.join(".", path) + " is no mapping");
  }

  private static Node item(Sequence sequence, String step) throws EditException {
    try {
      return sequence.items().get(Integer.parseInt(step));
    } catch (IndexOutOfBoundsException | NumberFormatException none) {
      throw new EditException("there is no element " + step);
    }
  }

  /** {@return the entry written in this mapping itself that counts, or null} */
  private static @Nullable Entry own(Mapping mapping, String name) throws EditException {
    Entry found = null;
    for (Entry entry : mapping.entries()) {
      if (!entry.isMerge() && entry.name().equals(name)) {
        if (found != null) {
          throw new EditException(name + " stands here twice");
        }
        found = entry;
      }
    }
    return found;
  }

  private TextChange insert(Mapping mapping, String key, Object value) throws EditException {
    List<Entry> entries = mapping.entries();
    if (mapping.layout() == Layout.BLOCK) {
      var out = new StringBuilder();
      int indent = column(entries.getFirst().key().start());
      ValueText.appendBlock(out, eol, indent, step(), key, value);
      return newLines(mapping.end(), indent, out.toString());
    }
    boolean json = mapping.layout() == Layout.JSON;
    if (entries.isEmpty()) {
      Object whole = Map.of(key, value);
      int indent = indentOfLine(mapping.start());
      boolean lines = json && text.indexOf('\n') >= 0;
      String with =
          lines ? ValueText.jsonValue(eol, indent, step(), whole) : ValueText.flow(whole, json);
      return new TextChange(mapping.start(), mapping.end(), with);
    }
    Entry last = entries.getLast();
    String member = (json ? ValueText.scalar(key, Style.JSON) : ValueText.key(key)) + ": ";
    boolean ownLine = text.substring(mapping.start(), last.key().start()).indexOf('\n') >= 0;
    if (!ownLine) {
      String flow = ", " + member + ValueText.flow(value, json);
      boolean tight = json && text.charAt(last.value().start() - 1) == ':';
      return TextChange.insert(last.value().end(), tight ? ValueText.tight(flow) : flow);
    }
    int indent = column(last.key().start());
    String lines =
        json ? ValueText.jsonValue(eol, indent, step(), value) : ValueText.flow(value, false);
    return TextChange.insert(last.value().end(), "," + eol + " ".repeat(indent) + member + lines);
  }

  /** Gives an entry another value. */
  private TextChange replace(Entry entry, Object value) throws EditException {
    Node old = entry.value();
    boolean empty =
        (old instanceof Scalar scalar && scalar.value() == null)
            || (old instanceof Mapping mapping && mapping.entries().isEmpty());
    boolean block = isBlockKey(entry);
    if (empty && block && value instanceof Map<?, ?>) {
      var out = new StringBuilder();
      ValueText.appendBlockValue(out, eol, column(entry.key().start()), step(), value);
      int colon = text.indexOf(':', entry.key().end());
      String tail = text.substring(old.end(), lineEnd(old.end()));
      return new TextChange(colon + 1, lineEnd(old.end()), tail.stripTrailing() + out);
    }
    if (empty && old.start() == old.end()) {
      int colon = text.indexOf(':', entry.key().end());
      return TextChange.insert(colon + 1, " " + ValueText.flow(value, false));
    }
    return replace(old, column(entry.key().start()), value);
  }

  private TextChange replace(Node old, int indent, Object value) throws EditException {
    if (old instanceof Scalar scalar) {
      if (scalar.style() == Style.LITERAL || scalar.style() == Style.FOLDED) {
        throw new EditException("the value is a block of text");
      }
      if (!(value instanceof Map<?, ?>) && !(value instanceof List<?>)) {
        return new TextChange(old.start(), old.end(), ValueText.scalar(value, scalar.style()));
      }
    }
    boolean json = isJson();
    String with =
        json ? ValueText.jsonValue(eol, indent, step(), value) : ValueText.flow(value, false);
    return new TextChange(old.start(), old.end(), with);
  }

  private TextChange append(Sequence sequence, Object value) {
    Style like = sequence.items().getLast() instanceof Scalar scalar ? scalar.style() : Style.PLAIN;
    String item = ValueText.scalar(value, like);
    if (sequence.layout() == Layout.BLOCK) {
      int dash = dash(sequence.items().getLast());
      return newLines(sequence.end(), column(dash), eol + " ".repeat(column(dash)) + "- " + item);
    }
    int at = sequence.items().getLast().end();
    int before = sequence.items().getLast().start();
    boolean ownLine = text.substring(sequence.start(), before).indexOf('\n') >= 0;
    return TextChange.insert(
        at, ownLine ? "," + eol + " ".repeat(column(before)) + item : ", " + item);
  }

  private TextChange removeBlockEntry(Mapping mapping, int index) throws EditException {
    Entry entry = mapping.entries().get(index);
    int key = entry.key().start();
    boolean sharesLine = !text.substring(lineStart(key), key).isBlank();
    if (sharesLine) {
      if (index + 1 == mapping.entries().size()) {
        throw new EditException("it shares its line with something else");
      }
      return new TextChange(key, mapping.entries().get(index + 1).key().start(), "");
    }
    int end = behindLines(Math.max(entry.value().end(), entry.key().end()));
    return withoutLines(lineStart(key), end, entry.value());
  }

  private TextChange removeBlockItem(Sequence sequence, int index, List<String> path)
      throws EditException {
    Node item = sequence.items().get(index);
    int dash = dash(item);
    if (!text.substring(lineStart(dash), dash).isBlank()) {
      throw new EditException(String.join(".", path) + " shares its line with something else");
    }
    return withoutLines(lineStart(dash), behindLines(item.end()), item);
  }

  /**
   * Writes a block collection that loses its last member as an empty one, behind its key; comments
   * stay.
   */
  private TextChange empty(Node collection, String brackets, List<String> path)
      throws EditException {
    List<String> owner = path.subList(0, path.size() - 1);
    Entry entry =
        owner.isEmpty() || !(walk(owner) instanceof Mapping holder)
            ? null
            : own(holder, owner.getLast());
    if (entry == null) {
      throw new EditException("nothing would be left of what holds " + String.join(".", path));
    }
    int behindColon = text.indexOf(':', entry.key().end()) + 1;
    int end = collection.end();
    while (Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    end = lineEnd(end);
    int keyLineEnd = lineEnd(behindColon);
    var with = new StringBuilder(" ").append(brackets).append(text, behindColon, keyLineEnd);
    for (int line = behindNextLineEnd(behindColon); line < end; line = behindNextLineEnd(line)) {
      if (isComment(line)) {
        with.append(eol).append(text, line, lineEnd(line));
      }
    }
    return new TextChange(behindColon, end, with.toString());
  }

  private static TextChange removeFlow(int[] starts, int[] ends, int index) {
    if (index > 0) {
      return new TextChange(ends[index - 1], ends[index], "");
    }
    return new TextChange(starts[0], starts.length > 1 ? starts[1] : ends[0], "");
  }

  private static int[] starts(List<Node> nodes) {
    return nodes.stream().mapToInt(Node::start).toArray();
  }

  private static int[] ends(List<Node> nodes) {
    return nodes.stream().mapToInt(Node::end).toArray();
  }

  /**
   * Puts lines, each with a line end before it, behind the line on which something ends, and behind
   * the comments below it that are indented further than {@code indent}: they are about what stands
   * above them.
   */
  private TextChange newLines(int end, int indent, String lines) {
    boolean atLineStart = end > 0 && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r');
    int comment = -1;
    int next = atLineStart ? end : behindLines(end);
    while (next < text.length() && isComment(next) && indentOfLine(next) > indent) {
      comment = next;
      next = behindNextLineEnd(next);
    }
    if (comment >= 0) {
      return TextChange.insert(lineEnd(comment), lines);
    }
    if (atLineStart) {
      return TextChange.insert(end, lines.substring(eol.length()) + eol);
    }
    return TextChange.insert(lineEnd(end), lines);
  }

  /** {@return whether the line that starts here holds nothing but a comment} */
  private boolean isComment(int lineStart) {
    int at = lineStart;
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    return at < text.length() && text.charAt(at) == '#';
  }

  /** Takes whole lines away, but for those that hold only a comment. */
  private TextChange withoutLines(int from, int to, Node gone) {
    boolean block =
        gone instanceof Scalar scalar
            && (scalar.style() == Style.LITERAL || scalar.style() == Style.FOLDED);
    var kept = new StringBuilder();
    for (int line = from; line < to; line = Math.max(line + 1, behindNextLineEnd(line))) {
      if (!block && isComment(line)) {
        kept.append(text, line, behindNextLineEnd(line));
      }
    }
    return new TextChange(from, to, kept.toString());
  }

  private int behindNextLineEnd(int lineStart) {
    int lineEnd = lineEnd(lineStart);
    return text.startsWith("\r\n", lineEnd) ? lineEnd + 2 : Math.min(lineEnd + 1, text.length());
  }

  private int behindLines(int end) {
    boolean atLineStart = end > 0 && text.charAt(end - 1) == '\n';
    if (atLineStart) {
      return end;
    }
    return behindNextLineEnd(end);
  }

  private int dash(Node item) {
    return text.lastIndexOf('-', item.start() - 1);
  }

  private boolean isJson() {
    return root.layout() == Layout.JSON;
  }

  private boolean isBlockKey(Entry entry) {
    return !isJson()
        && text.substring(lineStart(entry.key().start()), entry.key().start()).matches("[ -]*");
  }

  /** {@return how many blanks this document indents by} */
  private int step() {
    Entry spec = null;
    for (Entry entry : root.entries()) {
      spec = entry.name().equals("spec") ? entry : spec;
    }
    if (spec != null && spec.value() instanceof Mapping inner && !inner.entries().isEmpty()) {
      int step = column(inner.entries().getFirst().key().start()) - column(spec.key().start());
      return step > 0 && step <= 8 ? step : 2;
    }
    return 2;
  }

  private int columnOf(Node node) {
    return column(node.start());
  }

  private int column(int offset) {
    return source.position(offset).column() - 1;
  }

  private int indentOfLine(int offset) {
    int at = lineStart(offset);
    int indent = 0;
    while (at + indent < text.length() && text.charAt(at + indent) == ' ') {
      indent++;
    }
    return indent;
  }

  private int lineStart(int offset) {
    return source.lineStart(source.position(offset).line());
  }

  private int lineEnd(int offset) {
    int at = offset;
    while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
      at++;
    }
    return at;
  }
}
