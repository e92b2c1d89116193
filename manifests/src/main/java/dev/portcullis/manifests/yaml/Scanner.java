package dev.portcullis.manifests.yaml;

import dev.portcullis.manifests.yaml.Token.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Text to tokens, by the rules of libyaml, which kubectl's library is a port of.
 *
 * <p>Whether a scalar is a key shows only when its colon is found. Until then it is a possible key,
 * one for each level of brackets, and the tokens from it on wait in a queue, so that KEY can still
 * be put before it.
 */
final class Scanner {
  private static final int MAX_KEY_LENGTH = 1024;

  private final TextCursor in;
  private final ScalarScanner scalars;
  private final PropertyScanner properties;
  private final List<Token> queue = new ArrayList<>();
  private int[] outerIndents = new int[16];
  private int blockLevel;
  private final PossibleKeys keys = new PossibleKeys();
  private int head;
  private int taken;
  private int indent = -1;
  private int flowLevel;
  private boolean keyAllowed = true;
  private boolean ended;

  Scanner(TextCursor in) {
    this.in = in;
    this.scalars = new ScalarScanner(in);
    this.properties = new PropertyScanner(in);
  }

  /** {@return the next token without taking it} */
  Token peek() throws YamlException {
    while ((head == queue.size() || headMayBecomeKey()) && !ended) {
      fetch();
    }
    return queue.get(head);
  }

  /** Takes the next token, which must have been looked at. */
  void skip() {
    head++;
    taken++;
    if (head == queue.size()) {
      queue.clear();
      head = 0;
    }
  }

  private boolean headMayBecomeKey() throws YamlException {
    int level = keys.levelOf(taken);
    return level >= 0 && isStillPossible(level);
  }

  private boolean isStillPossible(int level) throws YamlException {
    if (!keys.possible(level)) {
      return false;
    }
    if (keys.line(level) == in.line && keys.at(level) + MAX_KEY_LENGTH >= in.at) {
      return true;
    }
    dropKey(level);
    return false;
  }

  private void dropKey(int level) throws YamlException {
    if (keys.possible(level) && keys.required(level)) {
      throw in.problem("could not find expected ':'");
    }
    keys.remove(level);
  }

  private void fetch() throws YamlException {
    skipToNextToken();
    unrollIndent(in.column());
    char c = in.peek();
    if (c == 0) {
      fetchStreamEnd();
    } else if (c == '%' && in.column() == 0) {
      startOfDocumentPart();
      add(properties.directive());
    } else if (in.atDocumentIndicator()) {
      startOfDocumentPart();
      fetchIndicator(c == '-' ? Kind.DOCUMENT_START : Kind.DOCUMENT_END, 3);
    } else {
      fetch(c);
    }
  }

  private void fetch(char c) throws YamlException {
    switch (c) {
      case '[' -> fetchFlowStart(Kind.FLOW_SEQUENCE_START);
      case '{' -> fetchFlowStart(Kind.FLOW_MAPPING_START);
      case ']' -> fetchFlowEnd(Kind.FLOW_SEQUENCE_END);
      case '}' -> fetchFlowEnd(Kind.FLOW_MAPPING_END);
      case ',' -> fetchFlowEntry();
      case '*' -> fetchProperty(Kind.ALIAS);
      case '&' -> fetchProperty(Kind.ANCHOR);
      case '!' -> fetchProperty(Kind.TAG);
      case '\'', '"' -> {
        saveKey();
        keyAllowed = false;
        add(scalars.quoted());
      }
      case '|', '>' -> fetchBlockScalar();
      case '-' -> fetchDash();
      case '?', ':' -> fetchKeyOrValue(c);
      case ' ', '\t', '#', '%', '@', '`' ->
          throw in.problem("found character that cannot start any token");
      default -> fetchPlain();
    }
  }

  private void fetchDash() throws YamlException {
    if (in.isBlankBreakOrEnd(1)) {
      fetchBlockEntry();
    } else {
      fetchPlain();
    }
  }

  private void fetchKeyOrValue(char c) throws YamlException {
    if (flowLevel == 0 && !in.isBlankBreakOrEnd(1)) {
      fetchPlain();
    } else if (c == '?') {
      fetchKey();
    } else {
      fetchValue();
    }
  }

  private void skipToNextToken() {
    while (true) {
      // A tab must not be taken for indentation.
      while (in.peek() == ' ' || (in.peek() == '\t' && (flowLevel > 0 || !keyAllowed))) {
        in.skip();
      }
      in.skipComment();
      if (!in.isBreak()) {
        return;
      }
      in.readBreak();
      if (flowLevel == 0) {
        keyAllowed = true;
      }
    }
  }

  private void fetchStreamEnd() throws YamlException {
    if (in.isCut()) {
      throw in.forbidden();
    }
    in.forceNewLine();
    startOfDocumentPart();
    add(Token.mark(Kind.STREAM_END, in.offset(), in.offset(), in.line));
    ended = true;
  }

  private void startOfDocumentPart() throws YamlException {
    unrollIndent(-1);
    dropKey(flowLevel);
    keyAllowed = false;
  }

  private void fetchIndicator(Kind kind, int length) {
    int start = in.offset();
    in.at += length;
    add(Token.mark(kind, start, in.offset(), in.line));
  }

  private void fetchFlowStart(Kind kind) throws YamlException {
    saveKey();
    flowLevel++;
    keys.open(flowLevel, nextToken());
    keyAllowed = true;
    fetchIndicator(kind, 1);
  }

  private void fetchFlowEnd(Kind kind) throws YamlException {
    dropKey(flowLevel);
    if (flowLevel > 0) {
      flowLevel--;
      keys.close(flowLevel);
    }
    keyAllowed = false;
    fetchIndicator(kind, 1);
  }

  private void fetchFlowEntry() throws YamlException {
    dropKey(flowLevel);
    keyAllowed = true;
    fetchIndicator(Kind.FLOW_ENTRY, 1);
  }

  private void fetchBlockEntry() throws YamlException {
    if (flowLevel == 0) {
      if (!keyAllowed) {
        throw in.problem("block sequence entries are not allowed in this context");
      }
      rollIndent(in.column(), queue.size(), Kind.BLOCK_SEQUENCE_START, in.offset(), in.line);
    }
    dropKey(flowLevel);
    keyAllowed = true;
    fetchIndicator(Kind.BLOCK_ENTRY, 1);
  }

  private void fetchKey() throws YamlException {
    if (flowLevel == 0) {
      if (!keyAllowed) {
        throw in.problem("mapping keys are not allowed in this context");
      }
      rollIndent(in.column(), queue.size(), Kind.BLOCK_MAPPING_START, in.offset(), in.line);
    }
    dropKey(flowLevel);
    keyAllowed = flowLevel == 0;
    fetchIndicator(Kind.KEY, 1);
  }

  private void fetchValue() throws YamlException {
    if (isStillPossible(flowLevel)) {
      int ahead = keys.token(flowLevel) - taken;
      int position = ahead < 0 ? queue.size() : head + ahead;
      int start = keys.offset(flowLevel);
      int line = keys.line(flowLevel);
      queue.add(position, Token.mark(Kind.KEY, start, start, line));
      rollIndent(
          keys.column(flowLevel),
          ahead < 0 ? queue.size() : position,
          Kind.BLOCK_MAPPING_START,
          start,
          line);
      keys.remove(flowLevel);
      keyAllowed = false;
    } else {
      if (flowLevel == 0) {
        if (!keyAllowed) {
          throw in.problem("mapping values are not allowed in this context");
        }
        rollIndent(in.column(), queue.size(), Kind.BLOCK_MAPPING_START, in.offset(), in.line);
      }
      keyAllowed = flowLevel == 0;
    }
    fetchIndicator(Kind.VALUE, 1);
  }

  private void fetchProperty(Kind kind) throws YamlException {
    saveKey();
    keyAllowed = false;
    add(kind == Kind.TAG ? properties.tag() : properties.name(kind));
  }

  private void fetchBlockScalar() throws YamlException {
    if (flowLevel > 0) {
      throw in.problem("found character that cannot start any token");
    }
    dropKey(flowLevel);
    keyAllowed = true;
    add(scalars.block(indent));
  }

  private void fetchPlain() throws YamlException {
    saveKey();
    keyAllowed = false;
    add(scalars.plain(indent + 1, flowLevel > 0));
    if (scalars.endedLine()) {
      keyAllowed = true;
    }
  }

  private void saveKey() throws YamlException {
    if (keyAllowed) {
      boolean required = flowLevel == 0 && indent == in.column();
      dropKey(flowLevel);
      keys.put(flowLevel, required, nextToken(), in);
    }
  }

  /**
   * Opens a block collection if the column is deeper than the one that is open; {@code position} is
   * in the queue.
   */
  private void rollIndent(int column, int position, Kind kind, int start, int line) {
    if (flowLevel == 0 && indent < column) {
      if (blockLevel == outerIndents.length) {
        outerIndents = Arrays.copyOf(outerIndents, blockLevel * 2);
      }
      outerIndents[blockLevel++] = indent;
      indent = column;
      queue.add(position, Token.mark(kind, start, start, line));
    }
  }

  private void unrollIndent(int column) {
    while (flowLevel == 0 && indent > column) {
      add(Token.mark(Kind.BLOCK_END, in.offset(), in.offset(), in.line));
      indent = outerIndents[--blockLevel];
    }
  }

  private int nextToken() {
    return taken + queue.size() - head;
  }

  private void add(Token token) {
    queue.add(token);
  }
}
