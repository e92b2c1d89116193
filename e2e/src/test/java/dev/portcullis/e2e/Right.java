package dev.portcullis.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One verb on one resource that a role grants: the least that can be taken away.
 *
 * @param role the kind of the role that grants it
 * @param name the only object that it is for, empty for all
 */
record Right(String role, String group, String resource, String name, String verb) {
  private static final Set<String> KNOWN =
      Set.of("apiGroups", "resources", "resourceNames", "verbs");

  /** {@return what a Role or a ClusterRole grants} Fails on a rule that is not about resources. */
  static List<Right> of(JsonNode role) {
    var rights = new ArrayList<Right>();
    for (JsonNode rule : role.path("rules")) {
      if (!KNOWN.containsAll(List.copyOf(rule.propertyNames()))) {
        throw new AssertionError("a rule of another kind: " + rule);
      }
      List<String> names = texts(rule.path("resourceNames"));
      for (String group : texts(rule.path("apiGroups"))) {
        for (String resource : texts(rule.path("resources"))) {
          for (String name : names.isEmpty() ? List.of("") : names) {
            for (String verb : texts(rule.path("verbs"))) {
              rights.add(new Right(role.path("kind").asString(), group, resource, name, verb));
            }
          }
        }
      }
    }
    return List.copyOf(rights);
  }

  /** Lets a role grant these rights and no others. */
  static void grant(ObjectNode role, List<Right> rights) {
    ArrayNode rules = role.putArray("rules");
    for (Right right : rights) {
      ObjectNode rule = rules.addObject();
      rule.putArray("apiGroups").add(right.group());
      rule.putArray("resources").add(right.resource());
      rule.putArray("verbs").add(right.verb());
      if (!right.name().isEmpty()) {
        rule.putArray("resourceNames").add(right.name());
      }
    }
  }

  /** {@return it as {@code kubectl auth can-i} takes it} */
  @Override
  public String toString() {
    return verb
        + " "
        + resource
        + (group.isEmpty() ? "" : "." + group)
        + (name.isEmpty() ? "" : "/" + name);
  }

  private static List<String> texts(JsonNode array) {
    var texts = new ArrayList<String>();
    array.forEach(text -> texts.add(text.asString()));
    return texts;
  }
}
