package dev.portcullis.advice.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.CelRule;
import dev.portcullis.policy.Check;
import dev.portcullis.policy.Level;
import dev.portcullis.policy.Version;
import dev.portcullis.policy.checks.Checks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A comparison that notices nothing proves nothing: faults in the policy are found by fixtures. */
class PlantedFaultsTest {
  private static final String VIOLATIONS = "enforceViolations";

  private final Map<String, Object> policy = Judged.enforcePolicy(37);
  private final List<Map<String, ?>> fixtures = Judged.fixtures();

  @Test
  void aTextThatIsLostIsNoticed() throws Exception {
    var unnoticed = new ArrayList<String>();
    for (Check check : Checks.standard()) {
      for (Check.Revision revision : check.revisions()) {
        var cel = revision.cel();
        assertThat(cel).isNotNull();
        if (!noticed(with(cel.name(), "\"\""), revision.since())) {
          unnoticed.add(check.id() + " " + revision.since());
        }
      }
    }
    assertThat(unnoticed).isEmpty();
  }

  @Test
  void aConditionThatTheShortWayLacksIsNoticed() throws Exception {
    int planted = 0;
    var unnoticed = new ArrayList<String>();
    for (String clean : List.of("cleanBaseline", "cleanRestricted")) {
      String expression = expression(clean);
      for (String condition : conditions()) {
        if (expression.contains(condition)) {
          planted++;
          CelPolicy faulty = with(clean, expression.replace(condition, "false"));
          if (!noticed(faulty, Version.of(37)) && !noticed(faulty, Version.of(25))) {
            unnoticed.add(clean + " without " + condition);
          }
        }
      }
    }
    assertThat(unnoticed).isEmpty();
    assertThat(planted).isGreaterThan(30);
  }

  @Test
  void aRevisionThatBeginsLaterIsNoticed() throws Exception {
    String expression = expression(VIOLATIONS);
    var minors = new TreeSet<Integer>();
    Pattern.compile("enforceMinor < (\\d+)")
        .matcher(expression)
        .results()
        .forEach(match -> minors.add(Integer.parseInt(match.group(1))));
    assertThat(minors).containsExactly(8, 19, 22, 23, 25, 27, 29, 31, 32, 34, 35, 37);
    for (int minor : minors) {
      String fault = expression.replace("Minor < " + minor + " ", "Minor < " + (minor + 1) + " ");
      assertThat(noticed(with(VIOLATIONS, fault), Version.of(minor))).as("v1." + minor).isTrue();
    }
  }

  /** {@return the conditions of all checks}, but of revisions that only allow more than others. */
  private static Set<String> conditions() {
    var conditions = new LinkedHashSet<String>();
    for (Check check : Checks.standard()) {
      for (Check.Revision revision : check.revisions()) {
        CelRule rule = revision.cel();
        if (rule != null && !rule.name().matches(".*_[0-9]+")) {
          conditions.add(rule.pod());
          conditions.add(rule.context().replaceAll("\\bcontext\\b", "container.?securityContext"));
          conditions.add(rule.container());
          conditions.add(rule.volume());
          if (rule.contextOfPod()) {
            conditions.add(rule.context().replaceAll("\\bcontext\\b", "variables.podContext"));
          }
        }
      }
    }
    conditions.remove("");
    return conditions;
  }

  private boolean noticed(CelPolicy faulty, Version version) throws Exception {
    for (Map<String, ?> fixture : fixtures) {
      for (Level level : List.of(Level.RESTRICTED, Level.BASELINE)) {
        if (Judged.difference(faulty, fixture, level, version) != null) {
          return true;
        }
      }
    }
    return false;
  }

  private String expression(String variable) {
    return variables().get(variable);
  }

  private CelPolicy with(String variable, String expression) {
    var changed = new HashMap<>(variables());
    assertThat(changed.put(variable, expression)).isNotEqualTo(expression);
    var spec = new HashMap<>(spec());
    var list = new ArrayList<Map<String, String>>();
    variables()
        .keySet()
        .forEach(name -> list.add(Tree.of("name", name, "expression", changed.get(name))));
    spec.put("variables", list);
    return new CelPolicy(Map.of("spec", spec));
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> spec() {
    return (Map<String, Object>) policy.get("spec");
  }

  @SuppressWarnings("unchecked")
  private Map<String, String> variables() {
    var variables = new LinkedHashMap<String, String>();
    for (var variable : (List<Map<String, String>>) spec().get("variables")) {
      variables.put(variable.get("name"), variable.get("expression"));
    }
    return variables;
  }
}
