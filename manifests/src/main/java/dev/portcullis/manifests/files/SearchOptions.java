package dev.portcullis.manifests.files;

import java.util.List;

/**
 * What a search for files leaves out.
 *
 * @param exclude patterns in the syntax of .gitignore, for paths from the current folder or from an
 *     argument on; they hold for arguments too
 * @param everything whether hidden files, {@code node_modules} and what .gitignore names are
 *     searched too
 */
public record SearchOptions(List<String> exclude, boolean everything) {
  /** Only what every search leaves out. */
  public static final SearchOptions DEFAULT = new SearchOptions(List.of(), false);

  public SearchOptions {
    exclude = List.copyOf(exclude);
  }
}
