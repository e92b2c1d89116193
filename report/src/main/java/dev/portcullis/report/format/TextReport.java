package dev.portcullis.report.format;

import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.Mode;
import dev.portcullis.report.Excerpt;
import dev.portcullis.report.ModeVerdict;
import dev.portcullis.report.Note;
import dev.portcullis.report.Place;
import dev.portcullis.report.Plural;
import dev.portcullis.report.Printable;
import dev.portcullis.report.Report;
import dev.portcullis.report.Result;
import dev.portcullis.report.Skipped;
import dev.portcullis.report.Suppressed;
import dev.portcullis.report.Violation;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The report for people: by file, with the lines that violate the policy, and what to do next at
 * the end.
 */
public final class TextReport implements Renderer {
  /** How many places of one reason are listed. */
  private static final int MAX_PLACES = 5;

  private final Ink ink;

  /** Tells it in this ink. */
  public TextReport(Ink ink) {
    this.ink = ink;
  }

  @Override
  public void render(Report report, Writer out) throws IOException {
    String file = null;
    for (Result result : report.results()) {
      String text = result(result);
      if (!text.isEmpty()) {
        if (!result.file().equals(file)) {
          file = result.file();
          out.append(ink.bold(Printable.atLineStart(file))).append('\n');
        }
        out.append(text).append('\n');
      }
    }
    suppressed(report, out);
    skipped(report, out);
    if (!report.notes().isEmpty()) {
      out.append(ink.bold("Notes")).append('\n');
      for (Note note : report.notes()) {
        line(out, "  ", note.toString());
      }
      out.append('\n');
    }
    new TextSummary(ink).render(report, out);
  }

  private void suppressed(Report report, Writer out) throws IOException {
    if (report.suppressed().isEmpty()) {
      return;
    }
    out.append(ink.bold("Suppressed")).append('\n');
    for (Suppressed line : report.suppressed()) {
      line(
          out,
          "  ",
          line.result().file()
              + ":"
              + line.line()
              + ": "
              + line.result().title()
              + " ["
              + line.check()
              + "]: "
              + line.reason());
    }
    out.append('\n');
  }

  /** By reason, since an unrendered chart gives hundreds of the same. */
  private void skipped(Report report, Writer out) throws IOException {
    var reasons = new LinkedHashMap<String, List<Skipped>>();
    for (Skipped skipped : report.skipped()) {
      reasons.computeIfAbsent(skipped.reason(), reason -> new ArrayList<>()).add(skipped);
    }
    if (reasons.isEmpty()) {
      return;
    }
    out.append(ink.bold("Skipped")).append('\n');
    for (var entry : reasons.entrySet()) {
      List<Skipped> all = entry.getValue();
      if (all.size() == 1) {
        line(out, "  ", place(all.getFirst()) + ": " + entry.getKey());
        continue;
      }
      line(out, "  ", Plural.of(all.size(), "document") + ": " + entry.getKey());
      for (Skipped skipped : all.subList(0, Math.min(MAX_PLACES, all.size()))) {
        line(out, "    ", place(skipped));
      }
      if (all.size() > MAX_PLACES) {
        line(out, "    ", "and " + (all.size() - MAX_PLACES) + " more; -o json names them all");
      }
    }
    out.append('\n');
  }

  private static String place(Skipped skipped) {
    return skipped.file() + ":" + skipped.line();
  }

  private static void line(Writer out, String indent, String text) throws IOException {
    out.append(indent).append(Printable.atLineStart(text)).append('\n');
  }

  private String result(Result result) {
    var modes = new LinkedHashMap<LevelVersion, List<Mode>>();
    var verdicts = new LinkedHashMap<LevelVersion, ModeVerdict>();
    for (ModeVerdict verdict : result.verdicts()) {
      if (verdict.hasNews()) {
        modes.computeIfAbsent(verdict.at(), at -> new ArrayList<>()).add(verdict.mode());
        verdicts.putIfAbsent(verdict.at(), verdict);
      }
    }
    var text = new StringBuilder();
    Set<Violation> told = new HashSet<>();
    for (var entry : verdicts.entrySet()) {
      List<Mode> in = modes.getOrDefault(entry.getKey(), List.of());
      text.append("  ").append(headline(result, entry.getKey(), in)).append('\n');
      var fresh = new ArrayList<Violation>();
      var again = new ArrayList<String>();
      for (Violation violation : entry.getValue().violations()) {
        if (!violation.counts()) {
          continue;
        }
        if (told.add(violation)) {
          fresh.add(violation);
        } else {
          again.add(violation.check());
        }
      }
      excerpts(text, fresh, in.contains(Mode.ENFORCE));
      if (!again.isEmpty()) {
        text.append("    as above: ").append(String.join(", ", again)).append('\n');
      }
    }
    return text.toString();
  }

  private String headline(Result result, LevelVersion at, List<Mode> modes) {
    String verb = modes.contains(Mode.ENFORCE) ? ink.red("violates") : ink.yellow("violates");
    return ink.bold(Printable.of(result.title()))
        + " "
        + verb
        + " "
        + at
        + ink.faint(source(result, modes) + caution(result));
  }

  private static String caution(Result result) {
    return result.caution().isEmpty() ? "" : ", at least: " + Printable.of(result.caution());
  }

  private static String source(Result result, List<Mode> modes) {
    String names = String.join(", ", modes.stream().map(Mode::toString).toList());
    return switch (result.policySource()) {
      case FLAG -> "";
      case DEFAULT -> " (default)";
      case NAMESPACE ->
          " (" + names + " of namespace " + Printable.of(String.valueOf(result.namespace())) + ")";
      case CONFIG -> " (" + names + " of --config)";
    };
  }

  /** What is said below a line. */
  private record Remark(Place place, String text) {}

  private void excerpts(StringBuilder text, List<Violation> violations, boolean enforced) {
    var notes = new TreeMap<Integer, List<Remark>>();
    for (Violation violation : violations) {
      notes(violation, notes);
    }
    if (notes.isEmpty()) {
      return;
    }
    int width = Math.max(4, String.valueOf(notes.lastKey()).length() + 1);
    for (Map.Entry<Integer, List<Remark>> line : notes.entrySet()) {
      if (line.getKey() == 0) {
        paths(text, line.getValue());
        continue;
      }
      String shown = null;
      for (Remark note : line.getValue()) {
        Excerpt excerpt = note.place().excerpt();
        if (!excerpt.text().equals(shown)) {
          shown = excerpt.text();
          String number = String.valueOf(line.getKey());
          text.append("  ")
              .append(" ".repeat(width - number.length()))
              .append(ink.faint(number + " | "));
          text.append(shown).append('\n');
        }
        String carets = enforced ? ink.red(excerpt.carets()) : ink.yellow(excerpt.carets());
        text.append("  ")
            .append(" ".repeat(width))
            .append(ink.faint(" | "))
            .append(excerpt.indent())
            .append(carets);
        text.append(' ').append(Printable.of(note.text())).append('\n');
      }
    }
  }

  /** An object of a cluster has no lines to show. */
  private static void paths(StringBuilder text, List<Remark> notes) {
    for (Remark note : notes) {
      text.append("    ").append(Printable.of(note.place().path() + ": " + note.text()));
      text.append('\n');
    }
  }

  /** The topmost place carries the message; the others only name the check. */
  private static void notes(Violation violation, Map<Integer, List<Remark>> notes) {
    var places = new ArrayList<>(violation.places());
    places.sort(Comparator.comparingInt(Place::line).thenComparingInt(Place::column));
    boolean first = true;
    for (Place place : places) {
      String name = "[" + violation.check() + "]";
      var note = new Remark(place, first ? violation.message() + " " + name : name);
      List<Remark> line = notes.computeIfAbsent(place.line(), at -> new ArrayList<>());
      boolean repeated =
          !first
              && line.stream()
                  .anyMatch(
                      other -> samePoint(other.place(), place) && other.text().endsWith(name));
      if (!repeated) {
        line.add(note);
        line.sort(Comparator.comparingInt(other -> other.place().column()));
      }
      first = false;
    }
  }

  private static boolean samePoint(Place a, Place b) {
    return a.line() == b.line() && a.column() == b.column();
  }
}
