package dev.portcullis.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.admission.config.PodSecurityConfiguration;
import dev.portcullis.admission.review.ReviewDecoder;
import dev.portcullis.admission.review.ReviewEncoder;
import dev.portcullis.admission.review.ReviewException;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.checks.Checks;
import dev.portcullis.policy.json.JsonSlice;
import dev.portcullis.testing.Generate;
import dev.portcullis.testing.Property;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;

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

  private static final List<String> NOISE =
      List.of(
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
  private static final List<String> LEAVES =
      List.of(
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
  private static final List<String> NAMES =
      List.of(
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

  @Test
  void brokenBodiesAreRefusedOrAnswered() {
    Property.check(4000, random -> answer(mutation(random)));
  }

  @Test
  void oddObjectsAreAnswered() {
    Property.check(
        4000,
        random -> {
          String object = quoted(value(random, 4));
          String resource = Generate.oneOf(random, "pods", "namespaces", "deployments");
          String body =
              REVIEW
                  .replaceFirst(
                      "(?s)\"object\":.*\"oldObject\"", "\"object\":" + object + ",\"oldObject\"")
                  .replace("\"resource\":\"pods\"", "\"resource\":\"" + resource + "\"");

          answer(body.getBytes(StandardCharsets.UTF_8));
        });
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

  private static byte[] mutation(SplittableRandom random) {
    return switch (random.nextInt(3)) {
      case 0 -> {
        int at = random.nextInt(REVIEW.length() + 1);
        int end = Math.min(REVIEW.length(), at + random.nextInt(41));
        String body =
            REVIEW.substring(0, at) + Generate.oneOf(random, NOISE) + REVIEW.substring(end);
        yield body.getBytes(StandardCharsets.UTF_8);
      }
      case 1 -> {
        byte[] bytes = REVIEW.getBytes(StandardCharsets.UTF_8);
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        yield bytes;
      }
      default -> Generate.bytes(random, 40);
    };
  }

  private static String value(SplittableRandom random, int depth) {
    int kind = depth == 0 ? 0 : random.nextInt(3);
    if (kind == 0) {
      return Generate.oneOf(random, LEAVES);
    }
    var parts = new ArrayList<String>();
    for (int left = random.nextInt(kind == 1 ? 5 : 3); left > 0; left--) {
      String value = value(random, depth - 1);
      parts.add(kind == 1 ? '"' + Generate.oneOf(random, NAMES) + "\":" + value : value);
    }
    String joined = String.join(",", parts);
    return kind == 1 ? "{" + joined + "}" : "[" + joined + "]";
  }
}
