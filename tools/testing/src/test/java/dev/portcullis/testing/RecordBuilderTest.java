package dev.portcullis.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordBuilderTest {
  /** One component of each type that has an absent value. */
  public record Sample(
      String name,
      @Nullable String host,
      boolean set,
      @Nullable Boolean tri,
      int index,
      long bits,
      List<String> list,
      Map<String, String> map) {}

  /** Refuses null. */
  public record Strict(Object needed) {
    public Strict {
      Objects.requireNonNull(needed);
    }
  }

  @Test
  void whatIsNotNamedIsAbsent() {
    assertThat(RecordBuilder.of(Sample.class).build())
        .isEqualTo(new Sample("", null, false, null, 0, 0, List.of(), Map.of()));
    assertThat(RecordBuilder.of(Sample.class).with("host", "h").with("bits", 7L).build())
        .isEqualTo(new Sample("", "h", false, null, 0, 7, List.of(), Map.of()));
  }

  @Test
  void refusesNamesTypesAndValuesThatDoNotFit() {
    assertThatThrownBy(() -> RecordBuilder.of(Sample.class).with("Name", "n").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Sample has no [Name]");
    assertThatThrownBy(() -> RecordBuilder.of(Sample.class).with("name", 1).build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RecordBuilder.of(Strict.class).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasCauseInstanceOf(NullPointerException.class);
  }
}
