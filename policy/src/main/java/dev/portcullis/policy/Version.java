package dev.portcullis.policy;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A version of the Pod Security Standards: the Kubernetes minor {@code v1.N} it came with, or
 * {@code latest}.
 *
 * <p>{@code latest} is newer than every number and equal to none, also where both lead to the same
 * checks.
 *
 * @param isLatest whether this is {@code latest}
 * @param minor N of {@code v1.N}, from 0; 0 for {@code latest}
 */
public record Version(boolean isLatest, long minor) {
  /** The newest version that the evaluator knows, whichever that is. */
  public static final Version LATEST = new Version(true, 0);

  /** What to say of a text that is no version. */
  public static final String EXPECTED = "must be \"latest\" or \"v1.x\"";

  private static final Pattern TEXT = Pattern.compile("v1\\.(0|[1-9][0-9]{0,18})");

  /** Refuses a negative minor, and a minor beside {@code latest}. */
  public Version {
    if (minor < 0 || (isLatest && minor != 0)) {
      throw new IllegalArgumentException("no version has the minor " + minor);
    }
  }

  /** {@return the version {@code v1.minor}} */
  public static Version of(long minor) {
    return new Version(false, minor);
  }

  /**
   * {@return the version this text spells, or null; see {@link #EXPECTED}} Future minors are
   * versions too.
   */
  public static @Nullable Version parse(String text) {
    if (text.equals("latest")) {
      return LATEST;
    }
    var matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    try {
      return of(Long.parseLong(matcher.group(1)));
    } catch (NumberFormatException tooLarge) {
      return null;
    }
  }

  /** {@return whether this version came before {@code other}} */
  public boolean olderThan(Version other) {
    return !isLatest && (other.isLatest || minor < other.minor);
  }

  /** {@return the text as labels spell it} */
  @Override
  public String toString() {
    return isLatest ? "latest" : "v1." + minor;
  }
}
