package dev.portcullis.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {
  @ParameterizedTest
  @ValueSource(strings = {"latest", "v1.0", "v1.1", "v1.20", "v1.10000", "v1.9223372036854775807"})
  void readsVersionsAndPrintsThemAlike(String text) {
    assertThat(Version.parse(text)).isNotNull().hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v1.9223372036854775808",
        "v1.99999999999999999999",
        "foo",
        "",
        "v2.0",
        "v1",
        "1.1",
        "v1.01",
        "v01.1",
        "V1.1",
        "Latest",
        "v1.1\n",
        "v.122",
        "v1.x",
        "1.25",
        " v1.1",
        "v1.1 ",
        "v1.+1",
        "v1.-1",
        "v1.",
        "v1.1.0",
        "v1.\u0661"
      })
  void refusesAllElse(String text) {
    assertThat(Version.parse(text)).isNull();
  }

  @Test
  void latestIsNewerThanEveryNumberAndNotThanItself() {
    var ascending =
        List.of(Version.of(0), Version.of(9), Version.of(10), Version.of(1000), Version.LATEST);
    for (int i = 0; i < ascending.size(); i++) {
      for (int j = 0; j < ascending.size(); j++) {
        assertThat(ascending.get(i).olderThan(ascending.get(j))).isEqualTo(i < j);
      }
    }
  }

  @Test
  void latestEqualsNoNumber() {
    assertThat(Version.LATEST).isNotEqualTo(Version.of(0)).isNotEqualTo(Version.of(37));
  }

  @Test
  void refusesMinorsThatNoTextSpells() {
    assertThatThrownBy(() -> Version.of(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no version has the minor -1");
    assertThatThrownBy(() -> new Version(true, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no version has the minor 3");
  }

  @Test
  void levelsAreReadExactly() {
    assertThat(Level.parse("privileged")).isEqualTo(Level.PRIVILEGED);
    assertThat(Level.parse("baseline")).isEqualTo(Level.BASELINE);
    assertThat(Level.parse("restricted")).isEqualTo(Level.RESTRICTED);
    for (String text : List.of("", "Baseline", " baseline", "restricted\n", "foo")) {
      assertThat(Level.parse(text)).isNull();
    }
    assertThat(Level.RESTRICTED.stricterThan(Level.BASELINE)).isTrue();
    assertThat(Level.BASELINE.stricterThan(Level.PRIVILEGED)).isTrue();
    assertThat(Level.BASELINE.stricterThan(Level.BASELINE)).isFalse();
    assertThat(Level.PRIVILEGED.stricterThan(Level.RESTRICTED)).isFalse();
  }

  @Test
  void pairsAreEquivalentWhenEqualOrBothPrivileged() {
    var restricted = new LevelVersion(Level.RESTRICTED, Version.LATEST);
    assertThat(restricted).hasToString("restricted:latest");
    assertThat(restricted.equivalentTo(new LevelVersion(Level.RESTRICTED, Version.LATEST)))
        .isTrue();
    assertThat(restricted.equivalentTo(new LevelVersion(Level.RESTRICTED, Version.of(37))))
        .isFalse();
    assertThat(restricted.equivalentTo(new LevelVersion(Level.BASELINE, Version.LATEST))).isFalse();
    assertThat(
            new LevelVersion(Level.PRIVILEGED, Version.LATEST)
                .equivalentTo(new LevelVersion(Level.PRIVILEGED, Version.of(3))))
        .isTrue();
  }
}
