package dev.portcullis.conformance.compare;

import dev.portcullis.admission.Deadline;
import dev.portcullis.admission.config.ConfigurationException;
import dev.portcullis.admission.config.ConfigurationLoader;
import dev.portcullis.admission.config.PodSecurityConfiguration;
import dev.portcullis.admission.review.ReviewDecoder;
import dev.portcullis.admission.review.ReviewEncoder;
import dev.portcullis.admission.review.ReviewException;
import dev.portcullis.conformance.json.GoJson;
import dev.portcullis.conformance.json.Json;
import dev.portcullis.conformance.json.Json.Arr;
import dev.portcullis.conformance.json.Json.Member;
import dev.portcullis.conformance.json.Json.Obj;
import dev.portcullis.policy.Evaluator;
import dev.portcullis.policy.Level;
import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.PolicyLabels;
import dev.portcullis.policy.Verdict;
import dev.portcullis.policy.Version;
import dev.portcullis.policy.checks.Checks;
import dev.portcullis.policy.json.JsonException;
import dev.portcullis.policy.json.JsonLimits;
import dev.portcullis.policy.json.JsonSlice;
import dev.portcullis.policy.pod.PodDecoder;
import dev.portcullis.policy.pod.PodView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Portcullis behind the oracle's protocol. Not thread-safe: it remembers the last set-up. */
public final class Ours {
  private final Evaluator evaluator = Evaluator.of(Checks.standard());
  private final Map<String, LevelVersion> levelVersions = new HashMap<>();
  private @Nullable Cluster cluster;

  /** Takes the set-up that the next questions are about. */
  public void setUp(Obj setup) {
    cluster = Cluster.of(setup, evaluator);
  }

  /** {@return the answer to the question, whose line this is} */
  public String answer(Question question, Line line) {
    return switch (question.op()) {
      case "evaluate" -> evaluate(question, line);
      case "labels" -> labels(question);
      case "config" -> config(question);
      case "admission" -> admission(question, line);
      default -> throw new IllegalArgumentException("no such question: " + question.op());
    };
  }

  private String evaluate(Question question, Line line) {
    String bytes = Json.string(question.members().get("podBytes"));
    JsonSlice document =
        bytes == null ? line.subject() : JsonSlice.of(Base64.getDecoder().decode(bytes));
    PodView pod;
    try {
      pod = PodDecoder.decode(document, JsonLimits.STANDARD);
    } catch (JsonException e) {
      return GoJson.print(new Obj().put("error", Json.text(String.valueOf(e.getMessage()))));
    }
    var out = new StringBuilder(256).append("{\"results\":[");
    int start = out.length();
    if (question.members().get("at") instanceof Arr at) {
      for (Json pair : at.items()) {
        Verdict verdict = evaluator.evaluate(levelVersion(pair), pod);
        out.append(out.length() == start ? "{\"allowed\":" : ",{\"allowed\":");
        out.append(verdict.allowed()).append(",\"reason\":");
        GoJson.quote(verdict.reason(), out);
        out.append(",\"detail\":");
        GoJson.quote(verdict.detail(), out);
        out.append('}');
      }
    }
    return out.append("]}").toString();
  }

  private String labels(Question question) {
    Map<String, String> labels = new HashMap<>();
    if (question.members().get("labels") instanceof Obj given) {
      for (Member member : given.members()) {
        String value = Json.string(member.value());
        labels.put(member.name(), value == null ? "" : value);
      }
    }
    Obj defaults = question.members().get("defaults") instanceof Obj given ? given : new Obj();
    var privileged = Policy.PRIVILEGED.enforce();
    var policy =
        new Policy(
            orElse(defaults.get("enforce"), privileged),
            orElse(defaults.get("audit"), privileged),
            orElse(defaults.get("warn"), privileged));
    var resolution = PolicyLabels.resolve(labels, policy);
    var errors = new Arr();
    resolution.errors().forEach(error -> errors.add(Json.text(error.toString())));
    return GoJson.print(new Obj().put("policy", show(resolution.policy())).put("errors", errors));
  }

  private String config(Question question) {
    String content = Json.string(question.members().get("content"));
    byte[] bytes = (content == null ? "" : content).getBytes(StandardCharsets.UTF_8);
    var answer = new Obj();
    try {
      PodSecurityConfiguration configuration = ConfigurationLoader.load(bytes);
      answer.put("stage", Json.text("ok"));
      answer.put("policy", show(configuration.defaults()));
      var exemptions = configuration.exemptions();
      answer.put("namespaces", texts(exemptions.namespaces()));
      answer.put("runtimeClasses", texts(exemptions.runtimeClasses()));
      answer.put("usernames", texts(exemptions.usernames()));
    } catch (ConfigurationException e) {
      answer.put("stage", Json.text(e.stage().name().toLowerCase(java.util.Locale.ROOT)));
      answer.put("error", Json.text(e.message()));
      answer.put("webhookError", Json.text(e.webhookMessage()));
    }
    return GoJson.print(answer);
  }

  private String admission(Question question, Line line) {
    var at = cluster;
    if (question.members().get("setup") == null || at == null) {
      at = Cluster.of(question.members(), evaluator);
    }
    try {
      var request = ReviewDecoder.decode(line.subject());
      var response = at.admission().review(request, Deadline.none());
      String answer = ReviewEncoder.encodeLine(request, response);
      // Without the uid in front: the answer has its own.
      return "{" + answer.substring(answer.indexOf("\"response\":"));
    } catch (ReviewException e) {
      return GoJson.print(
          new Obj().put("status", Json.number(400)).put("error", Json.text(e.message())));
    }
  }

  private LevelVersion orElse(@Nullable Json pair, LevelVersion fallback) {
    return pair == null ? fallback : levelVersion(pair);
  }

  private LevelVersion levelVersion(Json pair) {
    String text = Json.string(pair);
    return levelVersions.computeIfAbsent(text == null ? "" : text, Ours::parse);
  }

  private static LevelVersion parse(String text) {
    int colon = text.indexOf(':');
    Level level = Level.parse(text.substring(0, Math.max(0, colon)));
    Version version = Version.parse(text.substring(colon + 1));
    if (level == null || version == null) {
      throw new IllegalArgumentException("no level and version: " + text);
    }
    return new LevelVersion(level, version);
  }

  private static Obj show(Policy policy) {
    return new Obj()
        .put("enforce", Json.text(policy.enforce().toString()))
        .put("audit", Json.text(policy.audit().toString()))
        .put("warn", Json.text(policy.warn().toString()));
  }

  static Arr texts(Iterable<String> values) {
    var sorted = new TreeSet<String>();
    values.forEach(sorted::add);
    List<Json> items = new ArrayList<>();
    sorted.forEach(value -> items.add(Json.text(value)));
    return new Arr(items);
  }
}
