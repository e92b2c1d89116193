package dev.portcullis.advice.fix;

import dev.portcullis.advice.fix.FixedWorkload.Done;
import dev.portcullis.advice.fix.FixedWorkload.Left;
import dev.portcullis.policy.remedy.Risk;
import dev.portcullis.report.Plural;
import dev.portcullis.report.Printable;
import dev.portcullis.report.format.Ink;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tells people what was repaired and what is left to them. */
public final class FixText {
  private final Ink ink;

  /** Tells it in this ink. */
  public FixText(Ink ink) {
    this.ink = ink;
  }

  /** Appends the diff of one file, ready for {@code patch -p0} where there is no colour. */
  public void diff(FixedFile file, Appendable out) throws IOException {
    for (String line : UnifiedDiff.of(file.name(), file.before(), file.after())) {
      String shown =
          ink == Ink.NONE
              ? line
              : Printable.of(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
      if (line.startsWith("+++") || line.startsWith("---")) {
        shown = ink.bold(shown);
      } else if (line.startsWith("+")) {
        shown = ink.green(shown);
      } else if (line.startsWith("-")) {
        shown = ink.red(shown);
      }
      out.append(shown).append('\n');
    }
  }

  /** Appends what the changes may break, what is left, and the counts. */
  public void summary(List<FixedFile> files, boolean written, Appendable out) throws IOException {
    var effects = new TreeMap<String, String>();
    for (FixedFile file : files) {
      for (FixedWorkload workload : file.workloads()) {
        for (Done done : workload.done()) {
          if (done.risk() == Risk.MAY_BREAK) {
            effects.put(done.check(), done.effect());
          }
        }
      }
    }
    if (!effects.isEmpty()) {
      out.append(ink.bold("These changes may break something")).append('\n');
      for (Map.Entry<String, String> effect : effects.entrySet()) {
        out.append("  ")
            .append(effect.getKey())
            .append(": ")
            .append(effect.getValue())
            .append('\n');
      }
      out.append('\n');
    }
    if (files.stream().anyMatch(file -> file.hasLeft() || !file.untouched().isEmpty())) {
      out.append(ink.bold("Left to you")).append('\n');
      for (FixedFile file : files) {
        left(file, out);
      }
      out.append('\n');
    }
    counts(files, written, out);
  }

  private void left(FixedFile file, Appendable out) throws IOException {
    if (!file.untouched().isEmpty()) {
      line(out, "  ", file.name() + " is as it was: " + file.untouched());
    }
    for (FixedWorkload workload : file.workloads()) {
      if (workload.left().isEmpty()) {
        continue;
      }
      line(out, "  ", file.name() + ":" + workload.line() + " " + workload.title());
      for (Left left : workload.left()) {
        String risk = left.risk() == Risk.DECISION ? "" : " (" + left.risk() + ")";
        line(out, "    ", left.check() + risk + ": " + left.about());
        if (!left.refusal().isEmpty()) {
          line(out, "      ", "Not edited: " + left.refusal() + ".");
        }
        for (String option : left.options()) {
          line(out, "      ", "- " + option);
        }
      }
    }
  }

  private static void line(Appendable out, String indent, String text) throws IOException {
    out.append(indent).append(Printable.of(text)).append('\n');
  }

  private void counts(List<FixedFile> files, boolean written, Appendable out) throws IOException {
    int changed = 0;
    int safe = 0;
    int mayBreak = 0;
    int left = 0;
    for (FixedFile file : files) {
      changed += file.changed() ? 1 : 0;
      for (FixedWorkload workload : file.workloads()) {
        left += workload.left().isEmpty() ? 0 : 1;
        for (Done done : file.changed() ? workload.done() : List.<Done>of()) {
          safe += done.risk() == Risk.SAFE ? done.edits() : 0;
          mayBreak += done.risk() == Risk.MAY_BREAK ? done.edits() : 0;
        }
      }
    }
    out.append(Plural.of(changed, "file"))
        .append(written ? " changed" : " to change")
        .append(" (")
        .append(Plural.of(safe, "safe edit"))
        .append(", ")
        .append(Plural.of(mayBreak, "edit"))
        .append(" that may break), ")
        .append(Plural.of(left, "workload"))
        .append(" with something left to decide.\n");
    if (changed > 0 && !written) {
      out.append("Nothing was written; --write makes these changes.\n");
    }
  }
}
