package dev.portcullis.advice.export;

import dev.portcullis.policy.json.JsonText;
import java.util.Collection;

/** Literals of the Common Expression Language. */
final class Cel {
  private Cel() {}

  static String literal(String text) {
    var out = new StringBuilder();
    JsonText.appendQuoted(out, text);
    return out.toString();
  }

  static String list(Collection<String> texts) {
    return texts.stream().map(Cel::literal).toList().toString();
  }

  /** {@return the expression in brackets if it is a choice, which may not stand in another} */
  static String inChoice(String expression) {
    return expression.contains(" ? ") ? "(" + expression + ")" : expression;
  }
}
