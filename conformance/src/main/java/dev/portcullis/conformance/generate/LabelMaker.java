package dev.portcullis.conformance.generate;

import dev.portcullis.conformance.json.Json;
import dev.portcullis.conformance.json.Json.Obj;
import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.PolicyLabels;
import java.util.List;

/** Labels of namespaces, good and bad. */
public final class LabelMaker {
  private static final List<String> KEYS =
      List.of(
          PolicyLabels.ENFORCE,
          PolicyLabels.AUDIT,
          PolicyLabels.WARN,
          PolicyLabels.ENFORCE_VERSION,
          PolicyLabels.AUDIT_VERSION,
          PolicyLabels.WARN_VERSION);

  private static final List<String> BAD_LEVELS =
      List.of("", "Restricted", " baseline", "foo", "restricted\n", "a\"b\\c\u200b\uD83D\uDE00");

  private static final List<String> BAD_VERSIONS =
      List.of(
          "",
          "v1.01",
          "V1.1",
          "Latest",
          "v1.1\n",
          "v1",
          "1.25",
          "v2.0",
          "v1.99999999999999999999",
          "v1.-1",
          "v1.\u0661",
          "v1.25 ");

  private static final List<String> ODD_VERSIONS =
      List.of("v1.9223372036854775807", "v1.10000", "v1.0", "v1.41");

  private LabelMaker() {}

  /** {@return the labels of a namespace} */
  public static Obj labels(Dice dice) {
    var labels = new Obj();
    double share = dice.pick(0.0, 0.2, 0.4, 0.7);
    double bad = dice.pick(0.0, 0.0, 0.0, 0.05, 0.2);
    for (String key : KEYS) {
      if (dice.chance(share)) {
        labels.put(key, value(dice, key, bad));
      }
    }
    if (dice.chance(0.2)) {
      labels.put(PolicyLabels.PREFIX + dice.pick("foo", "", "Enforce"), Json.text("restricted"));
    }
    if (dice.chance(0.2)) {
      labels.put("kubernetes.io/metadata.name", Json.text("n"));
    }
    return labels;
  }

  /** Changes one or two labels, or none. */
  static Obj changed(Dice dice, Obj labels) {
    Obj changed = Edits.copy(labels);
    int changes = dice.pick(0, 1, 1, 1, 2);
    for (int i = 0; i < changes; i++) {
      String key = dice.pick(KEYS);
      if (dice.chance(0.3)) {
        changed.members().removeIf(member -> member.name().equals(key));
      } else {
        Edits.set(changed, key, value(dice, key, dice.pick(0.0, 0.1)));
      }
    }
    return changed;
  }

  private static Json value(Dice dice, String key, double bad) {
    boolean version = key.endsWith("-version");
    if (dice.chance(bad)) {
      if (dice.chance(0.1)) {
        return Json.NULL;
      }
      return Json.text(dice.pick(version ? BAD_VERSIONS : BAD_LEVELS));
    }
    if (version) {
      return Json.text(
          dice.chance(0.1) ? dice.pick(ODD_VERSIONS) : Policies.version(dice).toString());
    }
    return Json.text(dice.pick("privileged", "baseline", "baseline", "restricted", "restricted"));
  }

  /** {@return defaults of a cluster, as {@code level:version} by mode} */
  public static Obj defaults(Dice dice) {
    var defaults = new Obj();
    for (String mode : List.of("enforce", "audit", "warn")) {
      if (dice.chance(0.6)) {
        var at = new LevelVersion(Policies.level(dice), Policies.version(dice));
        defaults.put(mode, Json.text(at.toString()));
      }
    }
    return defaults;
  }
}
