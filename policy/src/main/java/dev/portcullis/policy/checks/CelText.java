package dev.portcullis.policy.checks;

import dev.portcullis.policy.CelRule.Variable;
import dev.portcullis.policy.GoText;
import dev.portcullis.policy.json.JsonText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Words messages in the Common Expression Language as {@link Offenders} does in Java. Arguments and
 * results are expressions.
 */
final class CelText {
  /** Longer lists of values stay in the pod's order, as sorting costs the square of their size. */
  private static final int MAX_SORTED = 64;

  private static final Variable RANKS = new Variable("upTo" + MAX_SORTED, numbers());

  private CelText() {}

  /** {@return a string literal} */
  static String literal(String text) {
    var out = new StringBuilder();
    JsonText.appendQuoted(out, text);
    return out.toString();
  }

  /** {@return a list literal, in byte order} */
  static String list(Collection<String> values) {
    return ordered(values.stream().sorted(GoText.BYTE_ORDER).toList());
  }

  /** {@return a list literal, in the order given} */
  static String ordered(Collection<String> values) {
    return values.stream().map(CelText::literal).toList().toString();
  }

  /** {@return {@code "a", "b"}} */
  static String quoted(String strings) {
    return "\"\\\"\" + " + strings + ".join(\"\\\", \\\"\") + \"\\\"\"";
  }

  /** {@return the noun, with an s unless there is exactly one} */
  static String plural(String list, String noun) {
    return "(" + list + ".size() == 1 ? " + literal(noun) + " : " + literal(noun + "s") + ")";
  }

  /** {@return {@code uses} for one, {@code use} for any other number} */
  static String uses(String list) {
    return "(" + list + ".size() == 1 ? \"uses\" : \"use\")";
  }

  /** {@return {@code container "a"} or {@code containers "a", "b"}} */
  static String containers(String names) {
    return plural(names, "container") + " + \" \" + " + quoted(names);
  }

  /** {@return {@code pod}, the containers, or both joined by and} */
  static String setters(String onPod, String names) {
    return "("
        + onPod
        + " ? ("
        + names
        + ".size() == 0 ? \"pod\" : \"pod and \") : \"\") + ("
        + names
        + ".size() == 0 ? \"\" : "
        + containers(names)
        + ")";
  }

  /** {@return the texts that are not empty, joined} */
  static String joined(String separator, String... texts) {
    return List.of(texts) + ".filter(t, t != \"\").join(" + literal(separator) + ")";
  }

  /**
   * {@return variables of which the last, {@code name}, has the distinct strings of these lists in
   * byte order}
   *
   * <p>Each value gets the number of lesser ones as its rank; the ranks that occur, in their order,
   * are the distinct values. Sorting functions exist only from Kubernetes 1.35 on.
   */
  static List<Variable> values(String name, String lists) {
    var variables = new ArrayList<Variable>();
    // Joining and splitting flattens the lists; the mark in front keeps empty strings.
    var all =
        new Variable(
            name + "All",
            lists
                + ".map(l, l.map(v, \"=\" + v).join(\"\\u0000\")).filter(s, s !="
                + " \"\").join(\"\\u0000\").split(\"\\u0000\").filter(s, s != \"\").map(s,"
                + " s.substring(1))");
    var ranks =
        new Variable(
            name + "Ranks",
            "%1$s.size() > %2$d ? [] : %1$s.map(v, %1$s.filter(w, w < v).size())"
                .formatted(all.reference(), MAX_SORTED));
    variables.add(RANKS);
    variables.add(all);
    variables.add(ranks);
    variables.add(
        new Variable(
            name,
            "%1$s.size() > %2$d ? %1$s : %3$s.filter(i, i in %4$s).map(i, %1$s[%4$s.indexOf(i)])"
                .formatted(all.reference(), MAX_SORTED, RANKS.reference(), ranks.reference())));
    return variables;
  }

  private static String numbers() {
    var numbers = new ArrayList<Integer>();
    for (int i = 0; i < MAX_SORTED; i++) {
      numbers.add(i);
    }
    return numbers.toString();
  }
}
