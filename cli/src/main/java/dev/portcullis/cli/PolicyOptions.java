package dev.portcullis.cli;

import dev.portcullis.policy.Check;
import dev.portcullis.policy.Level;
import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.Version;
import dev.portcullis.policy.checks.Checks;
import dev.portcullis.report.Note;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say which policy to judge by. */
final class PolicyOptions {
  @Option(
      names = "--level",
      paramLabel = "LEVEL",
      converter = LevelConverter.class,
      description = "Judge everything by this level: privileged, baseline or restricted.")
  private @Nullable Level level;

  @Option(
      names = "--policy-version",
      paramLabel = "VERSION",
      converter = VersionConverter.class,
      description = "Judge everything by this version of the level: latest (the default) or v1.N.")
  private @Nullable Version version;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = {
        "A PodSecurityConfiguration, or an AdmissionConfiguration that holds one: its defaults"
            + " judge workloads",
        "whose namespace has no Pod Security labels among the inputs, its exemptions exempt."
      })
  private @Nullable Path config;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NS",
      description = "The namespace of workloads that name none, as kubectl apply -n takes it.")
  private @Nullable String namespace;

  /** {@return the options that demand this level and version of everything} */
  static PolicyOptions demanding(LevelVersion at) {
    var options = new PolicyOptions();
    options.level = at.level();
    options.version = at.version();
    return options;
  }

  /** {@return the namespace of workloads that name none, or null} */
  @Nullable String namespace() {
    return namespace;
  }

  /** {@return what a user should know of these options} */
  List<Note> notes() {
    Version newest = newestKnown();
    return version != null && newest.olderThan(version) && !version.isLatest()
        ? List.of(
            new Note(
                "",
                0,
                0,
                "--policy-version "
                    + version
                    + " is newer than "
                    + newest
                    + ", the newest that this Portcullis knows; "
                    + newest
                    + " is what counts"))
        : List.of();
  }

  private static Version newestKnown() {
    Version newest = Version.of(0);
    for (Check check : Checks.standard()) {
      for (Check.Revision revision : check.revisions()) {
        newest = newest.olderThan(revision.since()) ? revision.since() : newest;
      }
    }
    return newest;
  }

  /** {@return the policy that the flags demand for everything, or null when they demand none} */
  @Nullable LevelVersion demanded() {
    if (level == null && version == null) {
      return null;
    }
    return new LevelVersion(
        level == null ? Level.RESTRICTED : level, version == null ? Version.LATEST : version);
  }

  /** {@return these options as another command takes them} */
  List<String> arguments() {
    var arguments = new ArrayList<String>();
    if (level != null) {
      arguments.addAll(List.of("--level", level.toString()));
    }
    if (version != null) {
      arguments.addAll(List.of("--policy-version", version.toString()));
    }
    if (namespace != null) {
      arguments.addAll(List.of("--namespace", namespace));
    }
    if (config != null) {
      arguments.addAll(List.of("--config", config.toString()));
    }
    return arguments;
  }

  /** {@return the configuration's file, or null} */
  @Nullable Path config() {
    return config;
  }

  /** Reads {@code --level}. */
  static final class LevelConverter implements ITypeConverter<Level> {
    @Override
    public Level convert(String value) {
      Level level = Level.parse(value);
      if (level == null) {
        throw new TypeConversionException("\"" + value + "\" " + Level.EXPECTED);
      }
      return level;
    }
  }

  /** Reads {@code --policy-version}. */
  static final class VersionConverter implements ITypeConverter<Version> {
    @Override
    public Version convert(String value) {
      Version version = Version.parse(value);
      if (version == null) {
        throw new TypeConversionException("\"" + value + "\" " + Version.EXPECTED);
      }
      return version;
    }
  }
}
