package dev.portcullis.advice.export;

import dev.portcullis.policy.Level;
import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.PolicyLabels;
import dev.portcullis.policy.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the labels of the namespace and the defaults come to, as {@link PolicyLabels#resolve} says.
 */
final class LabelVariables {
  private static final List<Level> LEVELS =
      List.of(Level.PRIVILEGED, Level.BASELINE, Level.RESTRICTED);

  private final ExportOptions options;
  private final int latest;

  /**
   * @param latest the minor that {@code latest} stands for
   */
  LabelVariables(ExportOptions options, int latest) {
    this.options = options;
    this.latest = latest;
  }

  /** {@return the variable of a mode, such as {@code variables.warnLevel}} */
  static String variable(Mode mode, String what) {
    return "variables." + word(mode) + what;
  }

  static String word(Mode mode) {
    return mode.name().toLowerCase(Locale.ROOT);
  }

  /** Adds the level, version and minor of all modes. */
  void define(Variables variables) {
    variables.define("labels", "namespaceObject.metadata.?labels.orValue({})");
    variables.define("levels", Cel.list(LEVELS.stream().map(Level::toString).toList()));
    for (Mode mode : List.of(Mode.ENFORCE, Mode.AUDIT, Mode.WARN)) {
      define(variables, mode);
    }
  }

  private void define(Variables variables, Mode mode) {
    LevelVersion fallback = options.configuration().defaults().at(mode);
    String word = word(mode);
    String label = "variables." + word + "Label";
    String versionLabel = "variables." + word + "VersionLabel";
    variables.define(word + "Label", "variables.labels[?" + Cel.literal(level(mode)) + "]");
    variables.define(
        word + "VersionLabel", "variables.labels[?" + Cel.literal(version(mode)) + "]");

    String level = levelOf(mode, label, fallback.level());
    String given = versionLabel + ".orValue(" + Cel.literal(fallback.version().toString()) + ")";
    String version = valid(given) + " ? " + given + " : \"latest\"";
    if (mode == Mode.WARN) {
      variables.define("warnInherits", warnInherits(fallback.level()));
      level = "variables.warnInherits ? variables.enforceLevel : (" + level + ")";
      version =
          "variables.warnInherits && !%s.hasValue() ? variables.enforceVersion : (%s)"
              .formatted(versionLabel, version);
    }
    variables.define(word + "Level", level);
    variables.define(word + "Version", version);
    variables.define(word + "Minor", minor("variables." + word + "Version"));
    variables.define(word + "Restricted", "variables." + word + "Level == \"restricted\"");
  }

  private String levelOf(Mode mode, String label, Level fallback) {
    String level = Cel.literal(fallback.toString());
    if (options.defaultsOnly()) {
      // The policies' selector leaves namespaces with an enforce label to the plugin.
      return mode == Mode.ENFORCE ? level : label + ".hasValue() ? \"privileged\" : " + level;
    }
    if (options.profile() == ExportOptions.Profile.COMPLEMENT && fallback != Level.PRIVILEGED) {
      level =
          "("
              + Cel.literal(PolicyLabels.ENFORCE)
              + " in variables.labels ? \"privileged\" : "
              + level
              + ")";
    }
    Level invalid = mode == Mode.ENFORCE ? Level.RESTRICTED : Level.PRIVILEGED;
    return "!%1$s.hasValue() ? %2$s : %1$s.value() in variables.levels ? %1$s.value() : %3$s"
        .formatted(label, level, Cel.literal(invalid.toString()));
  }

  /** {@return the levels other than privileged that this mode can have} */
  Set<Level> possible(Mode mode) {
    if (!options.defaultsOnly()) {
      return Set.of(Level.BASELINE, Level.RESTRICTED);
    }
    Level level = options.configuration().defaults().at(mode).level();
    return level == Level.PRIVILEGED ? Set.of() : Set.of(level);
  }

  private String warnInherits(Level fallback) {
    List<String> stricter =
        LEVELS.stream().filter(level -> level.stricterThan(fallback)).map(Level::toString).toList();
    return stricter.isEmpty() || options.defaultsOnly()
        ? "false"
        : "!variables.warnLabel.hasValue() && variables.enforceLabel.orValue(\"\") in "
            + Cel.list(stricter);
  }

  /** {@return whether this text is one that {@link Version#parse} reads} */
  static String valid(String text) {
    return "(%1$s.matches(\"^(latest|v1\\\\.(0|[1-9][0-9]{0,18}))$\") && (%1$s.size() < 22 || %1$s <= \"v1.%2$d\"))"
        .formatted(text, Long.MAX_VALUE);
  }

  /** {@return the minor of a version, at most the latest; long ones never overflow} */
  String minor(String version) {
    return "%1$s == \"latest\" || %1$s.size() > 6 || int(%1$s.substring(3)) > %2$d ? %2$d : int(%1$s.substring(3))"
        .formatted(version, latest);
  }

  /** {@return a list of what is wrong with these labels, in the reference's words and order} */
  String errors(String labels) {
    var errors = new ArrayList<String>();
    for (Mode mode : List.of(Mode.ENFORCE, Mode.AUDIT, Mode.WARN)) {
      String level = level(mode);
      errors.add(
          "%s[?%s].orValue(\"privileged\") in variables.levels ? \"\" : %s"
              .formatted(labels, Cel.literal(level), error(labels, level, Level.EXPECTED)));
      String version = version(mode);
      String given = "%s[?%s].orValue(\"latest\")".formatted(labels, Cel.literal(version));
      errors.add(
          "%s ? \"\" : %s".formatted(valid(given), error(labels, version, Version.EXPECTED)));
    }
    return errors.stream().collect(Collectors.joining(",\n", "[\n", "\n].filter(t, t != \"\")"));
  }

  private static String error(String labels, String key, String expected) {
    return Cel.literal("metadata.labels[" + key + "]: Invalid value: ")
        + " + strings.quote("
        + labels
        + "["
        + Cel.literal(key)
        + "]) + "
        + Cel.literal(": " + expected);
  }

  String level(Mode mode) {
    return options.labelPrefix() + word(mode);
  }

  private String version(Mode mode) {
    return options.labelPrefix() + word(mode) + "-version";
  }
}
