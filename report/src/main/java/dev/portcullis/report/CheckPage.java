package dev.portcullis.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The page of a check from docs/checks: a title, a list of facts, sections.
 *
 * @param id the check's id, the title
 * @param level {@code baseline} or {@code restricted}
 * @param versions the versions at which it appeared or changed
 * @param replaces the baseline check that it stands in for, or null
 * @param summary one sentence
 * @param text the whole page, Markdown
 */
public record CheckPage(
    String id,
    String level,
    List<String> versions,
    @Nullable String replaces,
    String summary,
    String text) {
  /** Copies the versions. */
  public CheckPage {
    versions = List.copyOf(versions);
  }

  /** {@return the page of this check, which must have one} */
  public static CheckPage load(String id) {
    try (InputStream page =
        CheckPage.class.getResourceAsStream("/dev/portcullis/report/checks/" + id + ".md")) {
      if (page == null) {
        throw new IllegalStateException("the check " + id + " has no page in docs/checks");
      }
      return parse(new String(page.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException broken) {
      throw new UncheckedIOException("cannot read the page of the check " + id, broken);
    }
  }

  /**
   * {@return the page that this text is}; {@link IllegalArgumentException} when the title or a fact
   * is missing.
   */
  public static CheckPage parse(String text) {
    String id = after(text, "# ");
    String replaces = fact(text, "Replaces");
    return new CheckPage(
        demand(id, "title", text),
        demand(fact(text, "Level"), "Level", text),
        List.of(demand(fact(text, "Versions"), "Versions", text).split(", ")),
        replaces == null ? null : replaces.replace("`", ""),
        demand(fact(text, "Summary"), "Summary", text),
        text);
  }

  /**
   * {@return the text of the section with this heading}; {@link IllegalArgumentException} when
   * there is none.
   */
  public String section(String heading) {
    var body = new ArrayList<String>();
    boolean inside = false;
    boolean found = false;
    for (String line : text.lines().toList()) {
      if (line.startsWith("## ")) {
        inside = line.equals("## " + heading);
        found |= inside;
      } else if (inside) {
        body.add(line);
      }
    }
    if (!found) {
      throw new IllegalArgumentException(
          "the page of " + id + " has no section \"" + heading + "\"");
    }
    return String.join("\n", body).strip();
  }

  private static @Nullable String fact(String text, String name) {
    return after(text, "- " + name + ": ");
  }

  private static @Nullable String after(String text, String start) {
    return text.lines()
        .filter(line -> line.startsWith(start))
        .map(line -> line.substring(start.length()).strip())
        .findFirst()
        .orElse(null);
  }

  private static String demand(@Nullable String found, String what, String text) {
    if (found == null) {
      throw new IllegalArgumentException(
          "no " + what + " in the page that starts " + text.lines().findFirst());
    }
    return found;
  }
}
