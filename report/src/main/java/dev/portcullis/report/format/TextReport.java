package dev.portcullis.report.format;

import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.Mode;
import dev.portcullis.report.Excerpt;
import dev.portcullis.report.ModeVerdict;
import dev.portcullis.report.Place;
import dev.portcullis.report.Printable;
import dev.portcullis.report.Report;
import dev.portcullis.report.Result;
import dev.portcullis.report.Skipped;
import dev.portcullis.report.Violation;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The report for people: by file, with the lines that break the policy, and what to do next at the
 * end.
 */
public final class TextReport implements Renderer {
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
          out.append(ink.bold(Printable.of(file))).append('\n');
        }
        out.append(text).append('\n');
      }
    }
    if (!report.skipped().isEmpty()) {
      out.append(ink.bold("Skipped")).append('\n');
      for (Skipped skipped : report.skipped()) {
        String place = skipped.file() + ":" + skipped.line();
        out.append("  ").append(Printable.of(place + ": " + skipped.reason())).append('\n');
      }
      out.append('\n');
    }
    new TextSummary(ink).render(report, out);
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
    for (var entry : verdicts.entrySet()) {
      List<Mode> in = modes.getOrDefault(entry.getKey(), List.of());
      text.append("  ").append(headline(result, entry.getKey(), in)).append('\n');
      excerpts(text, entry.getValue(), in.contains(Mode.ENFORCE));
    }
    return text.toString();
  }

  private String headline(Result result, LevelVersion at, List<Mode> modes) {
    boolean breaks = modes.contains(Mode.ENFORCE);
    String verb = breaks ? ink.red("breaks") : ink.yellow("would break");
    return ink.bold(Printable.of(result.title()))
        + " "
        + verb
        + " "
        + at
        + ink.faint(source(result, modes));
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

  /** One note below a line. */
  private record Note(Place place, String text) {}

  private void excerpts(StringBuilder text, ModeVerdict verdict, boolean breaks) {
    var notes = new TreeMap<Integer, List<Note>>();
    for (Violation violation : verdict.violations()) {
      if (!violation.known()) {
        notes(violation, notes);
      }
    }
    int width = Math.max(4, String.valueOf(notes.lastKey()).length() + 1);
    for (Map.Entry<Integer, List<Note>> line : notes.entrySet()) {
      String shown = null;
      for (Note note : line.getValue()) {
        Excerpt excerpt = note.place().excerpt();
        if (!excerpt.text().equals(shown)) {
          shown = excerpt.text();
          String number = String.valueOf(line.getKey());
          text.append("  ")
              .append(" ".repeat(width - number.length()))
              .append(ink.faint(number + " | "));
          text.append(shown).append('\n');
        }
        String carets = breaks ? ink.red(excerpt.carets()) : ink.yellow(excerpt.carets());
        text.append("  ")
            .append(" ".repeat(width))
            .append(ink.faint(" | "))
            .append(excerpt.indent())
            .append(carets);
        text.append(' ').append(Printable.of(note.text())).append('\n');
      }
    }
  }

  /** The topmost place carries the message; the others only name the check. */
  private static void notes(Violation violation, Map<Integer, List<Note>> notes) {
    var places = new ArrayList<>(violation.places());
    places.sort(Comparator.comparingInt(Place::line).thenComparingInt(Place::column));
    boolean first = true;
    for (Place place : places) {
      String name = "[" + violation.check() + "]";
      var note = new Note(place, first ? violation.message() + " " + name : name);
      List<Note> line = notes.computeIfAbsent(place.line(), at -> new ArrayList<>());
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
