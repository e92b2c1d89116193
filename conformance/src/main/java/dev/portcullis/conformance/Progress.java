package dev.portcullis.conformance;

import dev.portcullis.conformance.compare.Deviations;
import dev.portcullis.conformance.compare.Kind;
import dev.portcullis.conformance.compare.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The finished parts of a long run, a line each, tabs between: kind, seed, cases, differences, our
 * and the oracle's processor time, time that passed, deviations.
 */
final class Progress {
  private final @Nullable Path file;
  private final Map<String, Tally> finished = new HashMap<>();

  private Progress(@Nullable Path file) {
    this.file = file;
  }

  /** {@return what this file remembers}; nothing where there is none yet. */
  static Progress read(@Nullable Path file) throws IOException {
    var progress = new Progress(file);
    if (file != null && Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        progress.take(line);
      }
    }
    return progress;
  }

  @Nullable Tally finished(Kind kind, long seed, long cases) {
    return finished.get(key(kind.title(), seed, cases));
  }

  /** Records that a part is done; a part with differences is not recorded and runs again. */
  void finish(Kind kind, long seed, long cases, Tally tally) throws IOException {
    if (file == null || tally.differences() > 0) {
      return;
    }
    var line = new StringBuilder(key(kind.title(), seed, cases));
    for (long number :
        new long[] {tally.cases(), tally.ourNanos(), tally.oracleNanos(), tally.wallNanos()}) {
      line.append('\t').append(number);
    }
    tally.deviations().forEach((which, n) -> line.append('\t').append(which).append('=').append(n));
    Files.writeString(
        file, line.append('\n'), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private void take(String line) {
    String[] fields = line.split("\t", -1);
    if (fields.length < 7) {
      return; // Cut off when the run was killed.
    }
    Map<Deviations, Long> deviations = new EnumMap<>(Deviations.class);
    for (int i = 7; i < fields.length; i++) {
      int equals = fields[i].indexOf('=');
      deviations.put(
          Deviations.valueOf(fields[i].substring(0, equals)),
          Long.parseLong(fields[i].substring(equals + 1)));
    }
    finished.put(
        fields[0] + "\t" + fields[1] + "\t" + fields[2],
        new Tally(
            fields[0],
            Long.parseLong(fields[3]),
            0,
            deviations,
            Long.parseLong(fields[5]),
            Long.parseLong(fields[4]),
            Long.parseLong(fields[6])));
  }

  private static String key(String title, long seed, long cases) {
    return title + "\t" + seed + "\t" + cases;
  }
}
