package dev.portcullis.report;

import dev.portcullis.policy.Mode;
import dev.portcullis.policy.json.JsonCursor;
import dev.portcullis.policy.json.JsonException;
import dev.portcullis.policy.json.JsonLimits;
import dev.portcullis.policy.json.JsonSlice;
import dev.portcullis.policy.json.JsonWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Violations that were there before, so that only others count.
 *
 * <p>An entry names workload, mode, check, field and value, but neither file nor line: it outlives
 * moved lines, reordered containers and renamed files. Equal violations are counted; one more than
 * the baseline holds is news.
 */
public final class Baseline {
  private static final JsonLimits LIMITS = new JsonLimits(256 * 1024 * 1024, 16, 10_000_000);

  /** The members of an entry, joined; sorts as the file is written. */
  private final Map<List<String>, Integer> entries;

  private Baseline(Map<List<String>, Integer> entries) {
    this.entries = entries;
  }

  /** {@return the baseline that knows every violation of this report} */
  public static Baseline of(Report report) {
    Map<List<String>, Integer> entries = new HashMap<>();
    for (Result result : report.results()) {
      for (ModeVerdict verdict : result.verdicts()) {
        for (Violation violation : verdict.violations()) {
          for (Place place : violation.places()) {
            entries.merge(key(result, verdict.mode(), violation.check(), place), 1, Integer::sum);
          }
        }
      }
    }
    return new Baseline(entries);
  }

  /** {@return how many violations, counted by field, it knows} */
  public int size() {
    return entries.values().stream().mapToInt(Integer::intValue).sum();
  }

  /**
   * A report with the known violations marked, and how many entries of the baseline had nothing to
   * match.
   */
  public record Comparison(Report report, int stale) {}

  /** {@return the report with every violation marked whose places are all in this baseline} */
  public Comparison compare(Report report) {
    Map<List<String>, Integer> left = new HashMap<>(entries);
    var results = new ArrayList<Result>(report.results().size());
    for (Result result : report.results()) {
      UnaryOperator<ModeVerdict> mark =
          verdict ->
              verdict.with(
                  verdict.violations().stream()
                      .map(violation -> mark(result, verdict.mode(), violation, left))
                      .toList());
      results.add(result.with(result.verdicts().stream().map(mark).toList()));
    }
    int stale = left.values().stream().mapToInt(Integer::intValue).sum();
    return new Comparison(report.with(results), stale);
  }

  private static Violation mark(
      Result result, Mode mode, Violation violation, Map<List<String>, Integer> left) {
    boolean known = true;
    for (Place place : violation.places()) {
      List<String> key = key(result, mode, violation.check(), place);
      int rest = left.getOrDefault(key, 0);
      if (rest > 0) {
        left.put(key, rest - 1);
      } else {
        known = false;
      }
    }
    return known ? violation.asKnown() : violation;
  }

  private static List<String> key(Result result, Mode mode, String check, Place place) {
    String namespace = result.namespace() == null ? "" : result.namespace();
    String value = place.value() == null ? "" : "=" + place.value();
    return List.of(
        namespace,
        result.kind(),
        result.name(),
        mode.toString(),
        check,
        place.stablePath(),
        value,
        result.template());
  }

  /** Writes it as JSON, an entry a line, sorted, so that a difference between two can be read. */
  public void write(Writer out) throws IOException {
    var sorted = new TreeMap<String, List<String>>();
    for (List<String> key : entries.keySet()) {
      sorted.put(String.join("\0", key), key);
    }
    var json = new JsonWriter(out);
    json.beginObject().field("portcullisBaseline", 1).name("entries").beginArray();
    for (List<String> key : sorted.values()) {
      json.line().beginObject();
      json.field("namespace", key.get(0)).field("kind", key.get(1)).field("name", key.get(2));
      json.field("mode", key.get(3)).field("check", key.get(4)).field("field", key.get(5));
      if (!key.get(6).isEmpty()) {
        json.field("value", key.get(6).substring(1));
      }
      if (!key.get(7).isEmpty()) {
        json.field("template", key.get(7));
      }
      int count = entries.getOrDefault(key, 1);
      if (count > 1) {
        json.field("count", count);
      }
      json.endObject();
    }
    json.endArray().endObject().flush();
    out.write('\n');
  }

  /** {@return the baseline that was written} */
  public static Baseline read(byte[] bytes) throws JsonException {
    var json = new JsonCursor(JsonSlice.of(bytes), LIMITS);
    Map<List<String>, Integer> entries = new HashMap<>();
    boolean ours = false;
    json.beginObject();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "portcullisBaseline" -> {
          ours = true;
          if (json.readLong() != 1) {
            throw json.fault("only version 1 of the baseline is understood");
          }
        }
        case "entries" -> {
          json.beginArray();
          while (json.nextElement()) {
            readEntry(json, entries);
          }
        }
        default -> json.skipValue();
      }
    }
    if (!ours) {
      throw json.fault("this is no baseline, portcullisBaseline is missing");
    }
    json.end();
    return new Baseline(entries);
  }

  private static void readEntry(JsonCursor json, Map<List<String>, Integer> entries)
      throws JsonException {
    String[] key = {"", "", "", "", "", "", "", ""};
    int count = 1;
    json.beginObject();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "namespace" -> key[0] = json.readString();
        case "kind" -> key[1] = json.readString();
        case "name" -> key[2] = json.readString();
        case "mode" -> key[3] = json.readString();
        case "check" -> key[4] = json.readString();
        case "field" -> key[5] = json.readString();
        case "value" -> key[6] = "=" + json.readString();
        case "template" -> key[7] = json.readString();
        case "count" -> count = json.readInt();
        default -> json.skipValue();
      }
    }
    entries.merge(List.of(key), count, Integer::sum);
  }
}
