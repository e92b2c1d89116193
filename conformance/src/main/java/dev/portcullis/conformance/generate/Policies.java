package dev.portcullis.conformance.generate;

import dev.portcullis.conformance.json.Json;
import dev.portcullis.conformance.json.Json.Arr;
import dev.portcullis.policy.Level;
import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.Version;
import java.util.ArrayList;
import java.util.List;

/** Levels and versions, with the versions at which something changed more often than others. */
public final class Policies {
  /** The newest minor that cases ask for by name; past the newest known they all mean the same. */
  public static final int NEWEST = 40;

  private static final int[] CHANGES = {
    0, 7, 8, 18, 19, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38
  };

  private Policies() {}

  /** {@return a version} */
  public static Version version(Dice dice) {
    return switch (dice.below(8)) {
      case 0, 1 -> Version.LATEST;
      case 2, 3, 4, 5 -> Version.of(CHANGES[dice.below(CHANGES.length)]);
      case 6 -> Version.of(dice.below(NEWEST + 1));
      default -> dice.chance(0.9) ? Version.of(dice.below(NEWEST + 1)) : Version.of(99_999);
    };
  }

  /** {@return a level, seldom privileged} */
  public static Level level(Dice dice) {
    return dice.pick(
        Level.BASELINE,
        Level.BASELINE,
        Level.BASELINE,
        Level.RESTRICTED,
        Level.RESTRICTED,
        Level.RESTRICTED,
        Level.RESTRICTED,
        dice.chance(0.2) ? Level.PRIVILEGED : Level.RESTRICTED);
  }

  /** {@return several pairs to judge a pod at} */
  public static List<LevelVersion> pairs(Dice dice, int count) {
    var pairs = new ArrayList<LevelVersion>(count);
    for (int i = 0; i < count; i++) {
      pairs.add(new LevelVersion(level(dice), version(dice)));
    }
    return pairs;
  }

  /** {@return the pairs as an array of {@code level:version}} */
  public static Arr names(List<LevelVersion> pairs) {
    var names = new Arr();
    for (LevelVersion pair : pairs) {
      names.add(Json.text(pair.toString()));
    }
    return names;
  }
}
