package dev.portcullis.policy;

/**
 * A level of the Pod Security Standards at a version, {@code restricted:latest}.
 *
 * @param level how much is forbidden
 * @param version as of when
 */
public record LevelVersion(Level level, Version version) {
  /** {@return whether both allow the same pods for certain}: equal, or both privileged. */
  public boolean equivalentTo(LevelVersion other) {
    return level == other.level && (level == Level.PRIVILEGED || version.equals(other.version));
  }

  /** {@return {@code level:version}} */
  @Override
  public String toString() {
    return level + ":" + version;
  }
}
