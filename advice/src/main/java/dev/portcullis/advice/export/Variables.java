package dev.portcullis.advice.export;

import dev.portcullis.policy.CelRule;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The variables of a policy, each after those that it uses. */
final class Variables {
  private static final Pattern REFERENCE =
      Pattern.compile("\\bvariables\\.([A-Za-z_][A-Za-z_0-9]*)");

  private final Map<String, String> expressions = new LinkedHashMap<>();

  /** Adds a variable; one of this name may be there already if it is the same. */
  void define(String name, String expression) {
    for (String used : references(expression)) {
      if (!expressions.containsKey(used)) {
        throw new IllegalStateException(name + " uses " + used + ", which does not come before it");
      }
    }
    String before = expressions.putIfAbsent(name, expression);
    if (before != null && !before.equals(expression)) {
      throw new IllegalStateException("two variables are called " + name);
    }
  }

  void define(List<CelRule.Variable> variables) {
    variables.forEach(variable -> define(variable.name(), variable.expression()));
  }

  /** {@return those that these expressions need, in order, as the API writes them} */
  List<Map<String, String>> neededBy(Collection<String> texts) {
    var needed = new HashSet<String>();
    var open = new ArrayDeque<String>(texts);
    while (!open.isEmpty()) {
      for (String name : references(open.pop())) {
        String expression = expressions.get(name);
        if (expression == null) {
          throw new IllegalStateException("no variable is called " + name);
        }
        if (needed.add(name)) {
          open.push(expression);
        }
      }
    }
    var list = new ArrayList<Map<String, String>>();
    expressions.forEach((name, expression) -> {
      if (needed.contains(name)) {
        list.add(Tree.of("name", name, "expression", expression));
      }
    });
    return list;
  }

  private static List<String> references(String expression) {
    return REFERENCE.matcher(expression).results().map(match -> match.group(1)).toList();
  }
}
