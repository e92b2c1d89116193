package dev.portcullis.conformance.generate;

import dev.portcullis.conformance.json.Json;
import dev.portcullis.conformance.json.Json.Obj;
import org.jspecify.annotations.Nullable;

/**
 * How the things of one case are made.
 *
 * @param dice the chance of this case
 * @param odd the share of fields that hold something that some check may object to
 * @param hardened whether what the restricted level demands is set
 * @param podNonRoot whether the pod sets runAsNonRoot for its containers
 * @param podSeccomp whether the pod sets the seccomp profile for its containers
 */
record Mood(Dice dice, double odd, boolean hardened, boolean podNonRoot, boolean podSeccomp) {
  private static final Double[] ODDS = {0.0, 0.0, 0.01, 0.02, 0.02, 0.03, 0.05, 0.1, 0.3};

  static Mood of(Dice dice) {
    return new Mood(dice, dice.pick(ODDS), dice.chance(0.7), dice.chance(0.7), dice.chance(0.7));
  }

  /** {@return whether the next thing is odd} */
  boolean isOdd() {
    return odd > 0 && dice.chance(odd);
  }

  boolean chance(double share) {
    return dice.chance(share);
  }

  /** Sets a member; now and then to null, which is as good as absent, and often not at all. */
  void put(Obj object, String name, double share, @Nullable Json value) {
    if (value != null && dice.chance(share)) {
      object.put(name, value);
    } else if (dice.chance(odd > 0 ? 0.02 : 0.005)) {
      object.put(name, Json.NULL);
    }
  }
}
