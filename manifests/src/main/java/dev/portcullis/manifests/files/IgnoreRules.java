package dev.portcullis.manifests.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a folder's ignore file leaves out, on top of those of the folders around it.
 *
 * <p>As in git, the innermost file decides first and its last matching line wins. Immutable.
 */
final class IgnoreRules {
  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_PATTERNS = 10_000;

  private final @Nullable IgnoreRules around;
  private final int depth;
  private final List<IgnorePattern> patterns;

  private IgnoreRules(@Nullable IgnoreRules around, int depth, List<IgnorePattern> patterns) {
    this.around = around;
    this.depth = depth;
    this.patterns = patterns;
  }

  /**
   * {@return rules of these lines inside others}
   *
   * @param depth how many parts of a path lead to the folder of these lines
   */
  static IgnoreRules of(@Nullable IgnoreRules around, int depth, List<String> lines) {
    var patterns = new ArrayList<IgnorePattern>();
    for (String line : lines) {
      IgnorePattern pattern = IgnorePattern.parse(line);
      if (pattern != null && patterns.size() < MAX_PATTERNS) {
        patterns.add(pattern);
      }
    }
    return new IgnoreRules(around, depth, List.copyOf(patterns));
  }

  /** {@return the rules of this file inside others}; see {@link #of}. */
  static IgnoreRules read(@Nullable IgnoreRules around, int depth, Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return of(around, depth, List.of());
    }
    try (InputStream in = Files.newInputStream(file)) {
      String text = new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
      return of(around, depth, text.lines().toList());
    }
  }

  /** {@return whether a path is left out}; whoever asks has asked for the folders above it. */
  static boolean ignores(@Nullable IgnoreRules innermost, List<String> path, boolean folder) {
    for (IgnoreRules rules = innermost; rules != null; rules = rules.around) {
      List<String> below = path.subList(rules.depth, path.size());
      for (IgnorePattern pattern : rules.patterns.reversed()) {
        if (pattern.matches(below, folder)) {
          return !pattern.negated();
        }
      }
    }
    return false;
  }
}
