package dev.portcullis.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PropertyTest {
  @Test
  void everyCaseHasInputsOfItsOwn() {
    var inputs = new HashSet<Long>();

    Property.check(500, random -> inputs.add(random.nextLong()));

    assertThat(inputs).hasSize(500);
  }

  @Test
  void theSeedOfAFailureMakesItsInputAgain() {
    var seen = new ArrayList<Integer>();

    Throwable failure =
        catchThrowable(() ->
            Property.check(
                10_000,
                random -> {
                  seen.add(random.nextInt(100));
                  assertThat(seen.getLast()).as("the input").isNotEqualTo(42);
                }));

    assertThat(failure)
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("case " + seen.size() + " of 10000 failed; repeat it with")
        .hasMessageContaining("the input")
        .hasCauseInstanceOf(AssertionError.class);
    var seed = Pattern.compile("-Dproperty\\.seed=(-?\\d+)\n").matcher(failure.getMessage());
    assertThat(seed.find()).isTrue();
    assertThat(new SplittableRandom(Long.parseLong(seed.group(1))).nextInt(100)).isEqualTo(42);
  }

  @Test
  void anExceptionIsAFailureToo() {
    assertThatThrownBy(() ->
            Property.check(
                3,
                random -> {
                  throw new IllegalStateException("odd");
                }))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("case 1 of 3")
        .hasMessageEndingWith("odd");
  }

  @Test
  void textsReachTheEdgesOfEncodings() {
    var seen = new HashSet<Integer>();
    var lengths = new HashSet<Integer>();
    var random = new SplittableRandom(1);
    for (int i = 0; i < 2_000; i++) {
      String text = Generate.text(random, 20);
      text.codePoints().forEach(seen::add);
      lengths.add(text.codePointCount(0, text.length()));
    }

    assertThat(seen).contains(0, 0x7f, 0x80, 0x7ff, 0x800, 0xd800, 0xffff, 0x10000, 0x10ffff);
    assertThat(lengths).contains(0, 1, 20);
  }

  @Test
  void bytesAndPiecesStayWithinTheirLimits() {
    Property.check(
        500,
        random -> {
          assertThat(Generate.bytes(random, 7)).hasSizeBetween(0, 7);
          assertThat(Generate.joined(random, 3, List.of("a", "bc"))).matches("(a|bc){0,3}");
          assertThat(Generate.oneOf(random, "x", "y").getBytes(StandardCharsets.UTF_8)).hasSize(1);
        });
  }
}
