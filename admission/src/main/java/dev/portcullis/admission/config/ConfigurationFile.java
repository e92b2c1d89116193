package dev.portcullis.admission.config;

import dev.portcullis.policy.Level;
import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.Policy;
import dev.portcullis.policy.Version;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * What a configuration file says, valid or not.
 *
 * @param levels enforce, audit and warn, each level before its version
 * @param usernames exempt users
 * @param namespaces exempt namespaces
 * @param runtimeClasses exempt runtime classes
 */
record ConfigurationFile(
    List<String> levels,
    List<String> usernames,
    List<String> namespaces,
    List<String> runtimeClasses) {
  /** The names of the levels, as messages have them. */
  static final List<String> KEYS =
      List.of("enforce", "enforce-version", "audit", "audit-version", "warn", "warn-version");

  /** What a file without a word says. */
  static final ConfigurationFile EMPTY =
      new ConfigurationFile(
          List.of("privileged", "latest", "privileged", "latest", "privileged", "latest"),
          List.of(),
          List.of(),
          List.of());

  ConfigurationFile {
    levels = List.copyOf(levels);
    usernames = List.copyOf(usernames);
    namespaces = List.copyOf(namespaces);
    runtimeClasses = List.copyOf(runtimeClasses);
  }

  /** {@return the configuration}; the file must have been found valid. */
  PodSecurityConfiguration resolve() {
    var exemptions =
        new Exemptions(
            new LinkedHashSet<>(usernames),
            new LinkedHashSet<>(namespaces),
            new LinkedHashSet<>(runtimeClasses));
    return new PodSecurityConfiguration(new Policy(pair(0), pair(2), pair(4)), exemptions);
  }

  private LevelVersion pair(int at) {
    Level level = Level.parse(levels.get(at));
    Version version = Version.parse(levels.get(at + 1));
    if (level == null || version == null) {
      throw new IllegalStateException(levels.get(at) + ":" + levels.get(at + 1));
    }
    return new LevelVersion(level, version);
  }
}
