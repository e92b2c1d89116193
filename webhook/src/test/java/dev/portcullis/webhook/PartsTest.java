package dev.portcullis.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.admission.ObjectIdentity;
import dev.portcullis.admission.RequestObject;
import dev.portcullis.policy.Level;
import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.Mode;
import dev.portcullis.policy.Version;
import dev.portcullis.policy.json.JsonSlice;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The small parts, each by its whole output. */
class PartsTest {
  @ParameterizedTest
  @CsvSource({
    "5s, 5000000000",
    "1.5s, 1500000000",
    "1h30m, 5400000000000",
    "0, 0",
    "-1s, -1000000000",
    "+2us, 2000",
    "3µs, 3000",
    ".5ms, 500000",
    "7ns, 7"
  })
  void durationsAreReadAsGoReadsThem(String text, long nanos) {
    assertThat(GoDuration.parse(text)).isEqualTo(OptionalLong.of(nanos));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10",
        "abc",
        "s",
        "-",
        "1.2.3s",
        ".s",
        "1d",
        "5 s",
        "300000h1000000h10000000h"
      })
  void whatGoDoesNotReadIsNoDuration(String text) {
    assertThat(GoDuration.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "timeout=0, true",
    "timeout=-1s, true",
    "timeout=10, false",
    "timeout=1h&timeout=0, false",
    "timeout=0&timeout=1h, true",
    "a=b&timeout=%30, true",
    "timeout=%zz&timeout=0, true",
    "a=1;timeout=0, false",
    "Timeout=0, false"
  })
  void theFirstTimeoutCounts(String query, boolean expired) {
    assertThat(Timeout.deadline(query).expired()).isEqualTo(expired);
  }

  @Test
  void linesOfJsonCannotBeBrokenByValues() {
    String line =
        LogLine.of(LogFormat.JSON, Instant.EPOCH, "warn", "denied")
            .with("name", "a\"b\\c\n\u001b[31m\u2028\ud800\u00e9😀")
            .with("dryRun", true)
            .with("checks", List.of("a", "b"))
            .end();
    assertThat(line)
        .isEqualTo(
            """
            {"time":"1970-01-01T00:00:00Z","level":"warn","message":"denied",\
            "name":"a\\"b\\\\c\\n\\u001b[31m\\u2028\\ud800é😀","dryRun":true,"checks":["a","b"]}
            """);
  }

  @Test
  void linesOfTextCannotBeBrokenByValues() {
    String line =
        LogLine.of(LogFormat.TEXT, Instant.EPOCH, "info", "would be denied")
            .with("name", "p level=info")
            .with("user", "alice")
            .with("owner", "")
            .with("checks", List.of("a", "b"))
            .end();
    assertThat(line)
        .isEqualTo(
            "time=1970-01-01T00:00:00Z level=info message=\"would be denied\" name=\"p level=info\""
                + " user=alice owner=\"\" checks=a,b\n");
  }

  @Test
  void referenceCountersPrintAsTheReferenceDoes() {
    var counters = new ReferenceCounters(Version.of(37));
    counters.evaluated(
        false, new LevelVersion(Level.BASELINE, Version.of(38)), Mode.WARN, "UPDATE", true, "");
    counters.evaluated(
        false, new LevelVersion(Level.BASELINE, Version.of(99)), Mode.WARN, "UPDATE", true, "");
    counters.evaluated(
        true,
        new LevelVersion(Level.RESTRICTED, Version.of(37)),
        Mode.ENFORCE,
        "CREATE",
        true,
        "resize");
    counters.evaluated(
        true, new LevelVersion(Level.PRIVILEGED, Version.of(5)), Mode.ENFORCE, "CREATE", true, "");
    counters.exempted("Create", false, "a\"\\\n");
    counters.exempted("create", false, "a".repeat(1_000));
    counters.exempted("DELETE", true, "status");
    counters.failed(true, "CREATE", false, "");
    assertThat(counters.text())
        .isEqualTo(
            """
            # HELP pod_security_errors_total [ALPHA] Number of errors preventing normal evaluation. Non-fatal errors may result in the latest restricted profile being used for evaluation.
            # TYPE pod_security_errors_total counter
            pod_security_errors_total{fatal="true",request_operation="create",resource="controller",subresource=""} 1
            # HELP pod_security_evaluations_total [ALPHA] Number of policy evaluations that occurred, not counting ignored or exempt requests.
            # TYPE pod_security_evaluations_total counter
            pod_security_evaluations_total{decision="allow",mode="enforce",policy_level="privileged",policy_version="latest",request_operation="create",resource="pod",subresource=""} 1
            pod_security_evaluations_total{decision="allow",mode="enforce",policy_level="privileged",policy_version="latest",request_operation="update",resource="pod",subresource=""} 0
            pod_security_evaluations_total{decision="allow",mode="enforce",policy_level="restricted",policy_version="v1.37",request_operation="create",resource="pod",subresource="resize"} 1
            pod_security_evaluations_total{decision="deny",mode="warn",policy_level="baseline",policy_version="future",request_operation="update",resource="pod",subresource=""} 2
            # HELP pod_security_exemptions_total [ALPHA] Number of exempt requests, not counting ignored or out of scope requests.
            # TYPE pod_security_exemptions_total counter
            pod_security_exemptions_total{request_operation="(other)",resource="controller",subresource="(other)"} 2
            pod_security_exemptions_total{request_operation="create",resource="controller",subresource=""} 0
            pod_security_exemptions_total{request_operation="create",resource="pod",subresource=""} 0
            pod_security_exemptions_total{request_operation="delete",resource="pod",subresource="status"} 1
            pod_security_exemptions_total{request_operation="update",resource="controller",subresource=""} 0
            pod_security_exemptions_total{request_operation="update",resource="pod",subresource=""} 0
            """);
  }

  @Test
  void denialsPastTheCapCountAsOne() {
    var metrics = new ServerMetrics(true);
    for (int i = 0; i < ServerMetrics.MOST_DENIAL_SERIES + 10; i++) {
      metrics.denied("namespace-" + i, "hostPorts", "enforce");
    }
    metrics.denied("namespace-7", "hostPorts", "enforce");
    List<String> lines =
        metrics
            .text()
            .lines()
            .filter(line -> line.startsWith("portcullis_denials_total{"))
            .toList();
    assertThat(lines)
        .hasSize(ServerMetrics.MOST_DENIAL_SERIES + 1)
        .contains(
            "portcullis_denials_total{check=\"hostPorts\",mode=\"enforce\",namespace=\"(other)\"}"
                + " 10.0")
        .contains(
            "portcullis_denials_total{check=\"hostPorts\",mode=\"enforce\",namespace=\"namespace-7\"}"
                + " 2.0");
  }

  @Test
  void probesAnswerAsKubernetesComponentsDo() {
    var health =
        new Health(
            "readyz",
            List.of(
                new Health.Check("ping", () -> true, ""),
                new Health.Check("informer-sync", () -> false, "not yet")));
    assertThat(health.answer(null))
        .isEqualTo(
            new Health.Answer(
                500,
                "[+]ping ok\n[-]informer-sync failed: reason withheld\nreadyz check failed\n"));
    assertThat(health.answer("verbose&exclude=informer-sync"))
        .isEqualTo(
            new Health.Answer(
                200, "[+]ping ok\n[+]informer-sync excluded: ok\nreadyz check passed\n"));
    assertThat(health.answer("exclude=informer-sync")).isEqualTo(new Health.Answer(200, "ok"));
    assertThat(health.answerOf("ping")).isEqualTo(new Health.Answer(200, "ok"));
    assertThat(health.answerOf("informer-sync"))
        .isEqualTo(new Health.Answer(500, "internal server error: not yet\n"));
    assertThat(health.answerOf("other")).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "{\"metadata\":{\"name\":\"p\",\"ownerReferences\":[{\"kind\":\"A\",\"name\":\"a\"},{\"kind\":\"B\",\"name\":\"b\",\"controller\":true}]}}"
            + " | p | B/b",
        "{\"spec\":{},\"metadata\":{\"generateName\":\"p-\"}} | p-* | ''",
        "{\"metadata\":null} | '' | ''",
        "{\"metadata\":{\"name\":7}} | '' | ''",
        "null | '' | ''",
        "[ | '' | ''"
      })
  void objectsAreFoundAgain(String object, String name, String owner) {
    assertThat(RequestObject.of(JsonSlice.of(object.getBytes(StandardCharsets.UTF_8))).identity())
        .isEqualTo(new ObjectIdentity(name, owner));
  }
}
