package dev.portcullis.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.policy.Mode;
import dev.portcullis.policy.json.JsonException;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class BaselineTest {
  @Test
  void knowsAfterWritingAndReadingWhatWasThere() throws Exception {
    Report report = SampleReport.report();
    String written = write(Baseline.of(report));
    Baseline read = Baseline.read(written.getBytes(StandardCharsets.UTF_8));
    var comparison = read.compare(report);
    assertThat(comparison.report().fails(List.of(Mode.values()))).isFalse();
    assertThat(comparison.stale()).isZero();
    assertThat(write(read)).isEqualTo(written);
  }

  @Test
  void outlivesMovedLinesRenamedFilesAndAnotherOrder() {
    Report report = SampleReport.report();
    var moved = new ArrayList<Result>();
    for (Result result : report.results()) {
      moved.add(
          new Result(
              new Origin.InFile("elsewhere/" + result.file(), 3, 99),
              result.kind(),
              result.namespace(),
              result.name(),
              result.template(),
              result.caution(),
              result.policySource(),
              result.exempt(),
              result.verdicts().stream().map(BaselineTest::moved).toList()));
    }
    Collections.reverse(moved);
    var later = new Report(6, moved, List.of(), List.of(), List.of());
    assertThat(Baseline.of(report).compare(later).report().fails(List.of(Mode.values()))).isFalse();
  }

  @Test
  void tellsOneMoreOfTheSameKindFromTheKnownOnes() {
    Report report = SampleReport.report();
    var more = new ArrayList<>(report.results());
    more.addAll(report.results());
    var comparison =
        Baseline.of(report).compare(new Report(12, more, List.of(), List.of(), List.of()));
    assertThat(comparison.report().summary().known()).isEqualTo(7);
    assertThat(comparison.report().fails(List.of(Mode.ENFORCE))).isTrue();
  }

  @Test
  void countsEntriesThatMatchNothing() {
    var comparison =
        Baseline.of(SampleReport.report())
            .compare(new Report(0, List.of(), List.of(), List.of(), List.of()));
    assertThat(comparison.stale()).isEqualTo(10);
  }

  @Test
  void refusesAnotherFile() {
    assertThatThrownBy(() -> Baseline.read("{\"results\":[]}".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(JsonException.class)
        .hasMessageContaining("this is no baseline");
    assertThatThrownBy(
            () -> Baseline.read("{\"portcullisBaseline\":2}".getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("only version 1");
    assertThatThrownBy(() -> Baseline.read("hello".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(JsonException.class);
  }

  private static ModeVerdict moved(ModeVerdict verdict) {
    return verdict.with(
        verdict.violations().stream()
            .map(violation ->
                new Violation(
                    violation.check(),
                    violation.reason(),
                    violation.detail(),
                    violation.places().stream()
                        .map(place ->
                            new Place(
                                place.path().replace('0', '7'),
                                place.stablePath(),
                                1,
                                1,
                                place.value(),
                                place.excerpt()))
                        .toList(),
                    false,
                    null))
            .toList());
  }

  private static String write(Baseline baseline) throws IOException {
    var out = new StringWriter();
    baseline.write(out);
    return out.toString();
  }
}
