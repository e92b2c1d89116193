package dev.portcullis.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.admission.config.PodSecurityConfiguration;
import dev.portcullis.admission.review.ReviewDecoder;
import dev.portcullis.admission.review.ReviewEncoder;
import dev.portcullis.admission.review.ReviewException;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.checks.Checks;
import dev.portcullis.policy.json.JsonSlice;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever a body holds: it is refused as no review, or answered in well-formed JSON with its own
 * uid.
 */
class HostileRequestTest {
  private static final String REVIEW =
      """
      {"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"u-1",
      "kind":{"group":"","version":"v1","kind":"Pod"},"resource":{"group":"","version":"v1","resource":"pods"},
      "requestSubResource":"","name":"p","namespace":"n","operation":"UPDATE","userInfo":{"username":"a","groups":["b"]},
      "object":{"kind":"Pod","apiVersion":"v1","metadata":{"name":"p","annotations":{"a":"b"}},
      "spec":{"hostPID":true,"containers":[{"name":"c","image":"i","ports":[{"hostPort":80}]}]}},
      "oldObject":{"metadata":{"labels":{"pod-security.kubernetes.io/enforce":"baseline"}},"spec":{}},"dryRun":false}}
      """;

  private final Admission admission = admission();

  private static Admission admission() {
    var labels = Map.of("pod-security.kubernetes.io/enforce", "restricted");
    NamespaceGetter namespaces =
        new NamespaceGetter() {
          @Override
          public Lookup get(String name, Deadline deadline) {
            return Lookup.found(labels);
          }

          @Override
          public boolean answersAtOnce(String name) {
            return true;
          }
        };
    return new Admission(
        Evaluator.of(Checks.standard()),
        PodSecurityConfiguration.ALLOW_ALL,
        namespaces,
        new ManifestCluster(new byte[0]),
        Recorder.NONE);
  }

  @Property(tries = 2000)
  void brokenBodiesAreRefusedOrAnswered(@ForAll("mutations") byte[] body) {
    answer(body);
  }

  @Property(tries = 2000)
  void oddObjectsAreAnswered(
      @ForAll("objects") String object, @ForAll("resources") String resource) {
    String body =
        REVIEW
            .replaceFirst(
                "(?s)\"object\":.*\"oldObject\"", "\"object\":" + quoted(object) + ",\"oldObject\"")
            .replace("\"resource\":\"pods\"", "\"resource\":\"" + resource + "\"");

    answer(body.getBytes(StandardCharsets.UTF_8));
  }

  private static String quoted(String replacement) {
    return Matcher.quoteReplacement(replacement);
  }

  private void answer(byte[] body) {
    AdmissionRequest request;
    try {
      request = ReviewDecoder.decode(JsonSlice.of(body));
    } catch (ReviewException e) {
      assertThat(e.message()).isNotEmpty().hasSizeLessThan(2000);
      assertThat(e.detail()).isNotEmpty();
      return;
    }
    admission.mayBlock(request);
    byte[] answer = ReviewEncoder.encode(request, admission.review(request, Deadline.none()));
    assertThat(Json.at(Json.parse(answer), "response", "uid")).isEqualTo(request.uid());
  }

  @Provide
  Arbitrary<byte[]> mutations() {
    Arbitrary<String> noise =
        Arbitraries.of(
            "{",
            "}",
            "[",
            "]",
            "\"",
            ",",
            ":",
            "null",
            "7",
            "1e3",
            "true",
            "\\",
            "\\u",
            "\u0000",
            "\ud83d\ude00",
            "\n",
            "\"kind\":",
            "\"Kind\":\"Pod\",",
            "\"request\":null,",
            "\"uid\":7,",
            "\"response\":{},",
            "- ",
            "#");
    Arbitrary<byte[]> cut =
        Combinators.combine(
                Arbitraries.integers().between(0, REVIEW.length()),
                Arbitraries.integers().between(0, 40),
                noise)
            .as((at, length, text) -> {
              int end = Math.min(REVIEW.length(), at + length);
              return (REVIEW.substring(0, at) + text + REVIEW.substring(end))
                  .getBytes(StandardCharsets.UTF_8);
            });
    Arbitrary<byte[]> flipped =
        Combinators.combine(
                Arbitraries.integers().between(0, REVIEW.length() - 1), Arbitraries.bytes())
            .as((at, value) -> {
              byte[] bytes = REVIEW.getBytes(StandardCharsets.UTF_8);
              bytes[at] = value;
              return bytes;
            });
    return Arbitraries.oneOf(cut, flipped, Arbitraries.bytes().array(byte[].class).ofMaxSize(40));
  }

  @Provide
  Arbitrary<String> objects() {
    Arbitrary<String> leaf =
        Arbitraries.of(
            "null",
            "7",
            "\"v1\"",
            "\"Pod\"",
            "\"Deployment\"",
            "\"apps/v1\"",
            "\"Namespace\"",
            "true",
            "[]",
            "{}",
            "\"\\ud800\"");
    Arbitrary<String> name =
        Arbitraries.of(
            "kind",
            "KIND",
            "apiVersion",
            "metadata",
            "spec",
            "template",
            "labels",
            "annotations",
            "containers",
            "ownerReferences",
            "name",
            "");
    Arbitrary<String> value = leaf;
    for (int depth = 0; depth < 4; depth++) {
      Arbitrary<String> inner = value;
      Arbitrary<String> object =
          Combinators.combine(name, inner)
              .as((member, content) -> "\"" + member + "\":" + content)
              .list()
              .ofMaxSize(4)
              .map(members -> "{" + String.join(",", members) + "}");
      Arbitrary<String> list =
          inner.list().ofMaxSize(2).map(items -> "[" + String.join(",", items) + "]");
      value = Arbitraries.oneOf(leaf, object, list);
    }
    return value;
  }

  @Provide
  Arbitrary<String> resources() {
    return Arbitraries.of("pods", "namespaces", "deployments");
  }
}
