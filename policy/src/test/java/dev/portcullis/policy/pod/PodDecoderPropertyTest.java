package dev.portcullis.policy.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.json.JsonException;
import dev.portcullis.policy.json.JsonLimits;
import dev.portcullis.policy.json.JsonSlice;
import dev.portcullis.policy.json.Tree;
import dev.portcullis.policy.pod.ObviousDecoder.WrongType;
import dev.portcullis.testing.Property;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The decoder sees what a slow, obvious one sees, and refuses what that refuses. */
class PodDecoderPropertyTest {
  @Test
  void agreesWithTheObviousDecoder() {
    Property.check(2_000, random -> assertAgrees(RandomPodJson.document(random)));
  }

  /** A million pods with {@code -Pfuzz}. */
  @Test
  void agreesOnManyPods() {
    var random = new SplittableRandom(20261123);
    int decoded = 0;
    int inputs = Integer.getInteger("fuzz.inputs", 30_000);
    for (int i = inputs; i > 0; i--) {
      decoded += assertAgrees(RandomPodJson.document(random)) ? 1 : 0;
    }
    assertThat(decoded).isBetween(inputs / 3, inputs - inputs / 20);
  }

  private static boolean assertAgrees(String document) {
    byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
    PodView expected = obvious(bytes);
    assertThat(ours(bytes)).as(document).isEqualTo(expected);
    return expected != null;
  }

  private static @Nullable PodView obvious(byte[] bytes) {
    Tree tree = Tree.parse(bytes);
    assertThat(tree).isNotNull();
    try {
      return ObviousDecoder.decode(tree);
    } catch (WrongType refused) {
      return null;
    }
  }

  private static @Nullable PodView ours(byte[] bytes) {
    try {
      return PodDecoder.decode(JsonSlice.of(bytes), JsonLimits.STANDARD);
    } catch (JsonException refused) {
      return null;
    }
  }
}
