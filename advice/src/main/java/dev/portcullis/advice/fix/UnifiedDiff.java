package dev.portcullis.advice.fix;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.ArrayList;
import java.util.List;

/** The difference of two texts, as {@code patch} takes it. */
public final class UnifiedDiff {
  private static final int CONTEXT = 3;
  private static final String NO_NEWLINE = "\n\\ No newline at end of file";

  private UnifiedDiff() {}

  /** {@return the lines of the diff, without line feeds at their ends; none for equal texts} */
  public static List<String> of(String name, String before, String after) {
    List<String> old = lines(before);
    List<String> diff =
        UnifiedDiffUtils.generateUnifiedDiff(
            name, name, old, DiffUtils.diff(old, lines(after)), CONTEXT);
    var out = new ArrayList<String>();
    for (String line : diff) {
      out.addAll(List.of(line.split("\n", -1)));
    }
    return out;
  }

  /** A last line without an end is another line than the same with one. Carriage returns stay. */
  private static List<String> lines(String text) {
    var lines = new ArrayList<>(List.of(text.split("\n", -1)));
    String last = lines.removeLast();
    if (!last.isEmpty()) {
      lines.add(last + NO_NEWLINE);
    }
    return lines;
  }
}
