package dev.portcullis.report.format;

import dev.portcullis.report.CheckPage;
import java.util.ArrayList;
import java.util.List;

/**
 * Pages of docs/checks as text for a terminal: headings stand out, tables line up, code is code.
 */
public final class PageText {
  private PageText() {}

  /** {@return all checks by level, with the versions that changed them} */
  public static String table(List<CheckPage> pages, Ink ink) {
    var out = new StringBuilder();
    int idWidth = width(pages.stream().map(CheckPage::id).toList());
    int versionWidth =
        width(pages.stream().map(page -> String.join(", ", page.versions())).toList());
    String level = "";
    for (CheckPage page : pages) {
      if (!page.level().equals(level)) {
        out.append(level.isEmpty() ? "" : "\n").append(ink.bold(page.level())).append('\n');
        level = page.level();
      }
      String versions = String.join(", ", page.versions());
      out.append("  ").append(page.id()).append(" ".repeat(idWidth - page.id().length() + 2));
      out.append(versions).append(" ".repeat(versionWidth - versions.length() + 2));
      out.append(page.replaces() == null ? "" : "replaces " + page.replaces());
      while (out.charAt(out.length() - 1) == ' ') {
        out.setLength(out.length() - 1);
      }
      out.append('\n');
    }
    out.append(
        "\n"
            + "The versions are those at which a check appeared or changed. Restricted includes"
            + " baseline, less what is replaced.\n");
    out.append("One of them in full: portcullis explain ")
        .append(pages.getFirst().id())
        .append('\n');
    return out.toString();
  }

  /** {@return the page} */
  public static String page(CheckPage page, Ink ink) {
    var out = new StringBuilder();
    var table = new ArrayList<String>();
    boolean code = false;
    for (String line : page.text().lines().toList()) {
      if (line.startsWith("|") && !code) {
        table.add(line);
        continue;
      }
      flush(table, out);
      if (line.startsWith("```")) {
        code = !code;
      } else if (code) {
        out.append("    ").append(line).append('\n');
      } else if (line.startsWith("#")) {
        out.append(ink.bold(line.substring(line.indexOf(' ') + 1))).append('\n');
      } else {
        out.append(plain(line)).append('\n');
      }
    }
    flush(table, out);
    return out.toString();
  }

  private static void flush(List<String> table, StringBuilder out) {
    var rows = new ArrayList<List<String>>();
    for (String line : table) {
      if (!line.startsWith("|-")) {
        var cells = new ArrayList<String>();
        for (String cell : line.substring(1).split("\\|", -1)) {
          cells.add(plain(cell.strip()));
        }
        cells.removeLast();
        rows.add(cells);
      }
    }
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        int column = i;
        String cell = row.get(i);
        boolean last = i == row.size() - 1;
        int pad =
            last
                ? 0
                : width(rows.stream().map(cells -> cells.get(column)).toList()) - cell.length();
        out.append("  ").append(cell).append(" ".repeat(pad));
      }
      out.append('\n');
    }
    table.clear();
  }

  private static int width(List<String> texts) {
    return texts.stream().mapToInt(String::length).max().orElse(0);
  }

  private static String plain(String text) {
    return text.replace("`", "");
  }
}
