package dev.portcullis.advice.export;

import dev.portcullis.policy.CelRule;
import dev.portcullis.policy.Check;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.Level;
import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.Version;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Renders the checks: a variable for each revision, with the whole text or nothing, and a short way
 * that says with one pass over the pod that no revision has anything to say.
 *
 * <p>Both come from the same conditions, so the short way cannot hide a violation.
 */
final class CheckVariables {
  /** The short way leaves out what only older versions demand, which hardly anyone pins. */
  static final int CLEAN_SINCE = 25;

  private final Evaluator evaluator;
  private final int latest;

  /**
   * @param latest the minor that {@code latest} stands for
   */
  CheckVariables(Evaluator evaluator, int latest) {
    this.evaluator = evaluator;
    this.latest = (int) Math.min(latest, evaluator.newest().minor());
  }

  /** Adds the variables of all revisions that there are up to the latest version. */
  void define(Variables variables) {
    for (Check check : evaluator.checks()) {
      for (Check.Revision revision : check.revisions()) {
        if (revision.since().minor() <= latest) {
          define(variables, rule(check, revision));
        }
      }
    }
    for (Level level : List.of(Level.BASELINE, Level.RESTRICTED)) {
      variables.define(cleanName(level), clean(level));
    }
  }

  /**
   * {@return the variable that says that a pod violates nothing at this level since {@link
   * #CLEAN_SINCE}}
   */
  static String cleanAt(Level level) {
    return "variables." + cleanName(level);
  }

  private static String cleanName(Level level) {
    return level == Level.BASELINE ? "cleanBaseline" : "cleanRestricted";
  }

  /**
   * {@return the texts of all checks, a line each and in the reference's order; empty where a check
   * has nothing to say}
   *
   * @param minor the variable with the minor version
   * @param restricted the variable that tells restricted from baseline
   * @param levels the levels that there can be, without privileged
   */
  List<String> texts(String minor, String restricted, Set<Level> levels) {
    var lines = new ArrayList<String>();
    for (Check check : evaluator.checks()) {
      String atBaseline = byMinor(check, Level.BASELINE, minor);
      String atRestricted = byMinor(check, Level.RESTRICTED, minor);
      if (levels.size() == 1) {
        atBaseline = levels.contains(Level.BASELINE) ? atBaseline : atRestricted;
        atRestricted = atBaseline;
      }
      if (atBaseline.equals(atRestricted)) {
        if (!atBaseline.equals("\"\"")) {
          lines.add(atBaseline);
        }
      } else {
        lines.add(
            restricted + " ? " + Cel.inChoice(atRestricted) + " : " + Cel.inChoice(atBaseline));
      }
    }
    return lines;
  }

  private String byMinor(Check check, Level level, String minor) {
    var out = new StringBuilder();
    String last = null;
    for (int at = latest; at >= 0; at--) {
      String text = textAt(check, level, at);
      if (last == null) {
        out.append(text);
      } else if (!text.equals(last)) {
        out.insert(0, minor + " < " + (at + 1) + " ? " + text + " : ");
      }
      last = text;
    }
    return out.toString();
  }

  private String textAt(Check check, Level level, int minor) {
    Check.Revision revision = revisionAt(check, level, minor);
    return revision == null ? "\"\"" : "variables." + textName(rule(check, revision));
  }

  private Check.@Nullable Revision revisionAt(Check check, Level level, int minor) {
    Version version = Version.of(minor);
    if (!evaluator.checksAt(new LevelVersion(level, version)).contains(check)) {
      return null;
    }
    Check.Revision last = null;
    for (Check.Revision revision : check.revisions()) {
      if (!version.olderThan(revision.since())) {
        last = revision;
      }
    }
    return last;
  }

  private static CelRule rule(Check check, Check.Revision revision) {
    CelRule rule = revision.cel();
    if (rule == null) {
      throw new IllegalStateException(
          "check " + check.id() + " has no expression since " + revision.since());
    }
    return rule;
  }

  private static String textName(CelRule rule) {
    return rule.exempt().isEmpty() ? rule.name() : rule.name() + "_unless_" + rule.exempt();
  }

  private static void define(Variables variables, CelRule rule) {
    var violated = new ArrayList<String>();
    if (!rule.pod().isEmpty()) {
      violated.add(rule.pod());
    }
    if (rule.contextOfPod()) {
      variables.define(rule.name() + "OnPod", podContext(rule));
      violated.add(rule.onPod());
    }
    String ofContainer = ofContainer(rule);
    if (!ofContainer.isEmpty()) {
      variables.define(
          rule.name() + "On", "variables.containers.filter(container, " + ofContainer + ")");
      variables.define(rule.name() + "Names", rule.on() + ".map(container, container.name)");
      violated.add(rule.on() + ".size() > 0");
    } else if (!rule.volume().isEmpty()) {
      variables.define(
          rule.name() + "On", "variables.volumes.filter(volume, " + rule.volume() + ")");
      variables.define(rule.name() + "Names", rule.on() + ".map(volume, volume.name)");
      violated.add(rule.on() + ".size() > 0");
    }
    variables.define(rule.variables());
    variables.define(rule.name(), any(violated) + " ? " + rule.text() + " : \"\"");
    if (!rule.exempt().isEmpty()) {
      variables.define(
          textName(rule), "variables." + rule.exempt() + " ? \"\" : variables." + rule.name());
    }
  }

  private static String podContext(CelRule rule) {
    return inContext(rule.context(), "variables.podContext");
  }

  /** {@return when a container violates, by itself or by its security context} */
  private static String ofContainer(CelRule rule) {
    var conditions = new LinkedHashSet<String>();
    conditions.add(inContext(rule.context(), "container.?securityContext"));
    conditions.add(rule.container());
    conditions.remove("");
    return any(conditions);
  }

  private static String inContext(String condition, String context) {
    return condition.replaceAll("\\bcontext\\b", context);
  }

  private static String any(Collection<String> conditions) {
    if (conditions.size() < 2) {
      return String.join("", conditions);
    }
    return conditions.stream()
        .map(condition -> condition.contains(" && ") ? "(" + condition + ")" : condition)
        .collect(Collectors.joining(" || "));
  }

  private String clean(Level level) {
    Set<String> pod = new LinkedHashSet<>();
    Set<String> containers = new LinkedHashSet<>();
    Set<String> volumes = new LinkedHashSet<>();
    for (int minor = CLEAN_SINCE; minor <= latest; minor++) {
      for (Check check : evaluator.checksAt(new LevelVersion(level, Version.of(minor)))) {
        Check.Revision revision = revisionAt(check, level, minor);
        if (revision == null) {
          continue;
        }
        CelRule rule = rule(check, revision);
        pod.add(rule.pod());
        pod.add(rule.contextOfPod() ? podContext(rule) : "");
        containers.add(ofContainer(rule));
        volumes.add(rule.volume());
      }
    }
    var violated = new ArrayList<String>();
    List.of(pod, containers, volumes).forEach(conditions -> conditions.remove(""));
    violated.addAll(pod);
    if (!volumes.isEmpty()) {
      violated.add("variables.volumes.exists(volume, " + any(volumes) + ")");
    }
    violated.add("variables.containers.exists(container, " + any(containers) + ")");
    return "!(" + any(violated) + ")";
  }
}
