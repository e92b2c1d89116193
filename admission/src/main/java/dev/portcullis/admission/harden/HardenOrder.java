package dev.portcullis.admission.harden;

import dev.portcullis.admission.NamespacePolicySource;
import dev.portcullis.policy.Level;
import dev.portcullis.policy.LevelVersion;
import dev.portcullis.policy.Version;
import dev.portcullis.policy.remedy.Risk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to harden towards, and how.
 *
 * @param at the level and version to reach; privileged means to do nothing
 * @param most how much a change may cost
 * @param warn whether users are told
 */
public record HardenOrder(LevelVersion at, Risk most, boolean warn) {
  /** The label that says how far: baseline, restricted, or privileged for not at all. */
  public static final String LEVEL = "portcullis.dev/harden";

  /** The label that pins the level's version. */
  public static final String VERSION = "portcullis.dev/harden-version";

  /** The label that allows what may break something: {@code may-break}; else {@code safe}. */
  public static final String ALLOW = "portcullis.dev/harden-allow";

  /** The label that asks for a warning: {@code true} or {@code false}. */
  public static final String WARN = "portcullis.dev/harden-warn";

  /** The labels of hardening, which all begin with the first of them. */
  public static final NamespacePolicySource<HardenOrder, Resolution> SOURCE =
      new NamespacePolicySource<>(LEVEL, HardenOrder::of);

  /** Nothing is done. */
  public static final HardenOrder NONE =
      new HardenOrder(new LevelVersion(Level.PRIVILEGED, Version.LATEST), Risk.SAFE, false);

  /**
   * What labels ask for.
   *
   * @param order to do nothing if there are errors
   * @param errors the labels that make no sense, each in one sentence
   */
  public record Resolution(HardenOrder order, List<String> errors) {
    /** Copies the list. */
    public Resolution {
      errors = List.copyOf(errors);
    }
  }

  /** {@return what a namespace's labels ask for on top of these defaults} */
  public static Resolution of(Map<String, String> labels, HardenOrder defaults) {
    var errors = new ArrayList<String>();
    Level level = read(labels, LEVEL, defaults.at().level(), Level::parse, Level.EXPECTED, errors);
    Version version =
        read(labels, VERSION, defaults.at().version(), Version::parse, Version.EXPECTED, errors);
    Risk most =
        read(
            labels, ALLOW, defaults.most(), HardenOrder::risk, "must be safe or may-break", errors);
    boolean warn =
        read(labels, WARN, defaults.warn(), HardenOrder::truth, "must be true or false", errors);
    return errors.isEmpty()
        ? new Resolution(new HardenOrder(new LevelVersion(level, version), most, warn), errors)
        : new Resolution(NONE, errors);
  }

  private static <T> T read(
      Map<String, String> labels,
      String label,
      T otherwise,
      java.util.function.Function<String, @Nullable T> parse,
      String expected,
      List<String> errors) {
    String text = labels.get(label);
    if (text == null) {
      return otherwise;
    }
    T value = parse.apply(text);
    if (value == null) {
      errors.add("label " + label + "=\"" + text + "\" " + expected);
      return otherwise;
    }
    return value;
  }

  static @Nullable Risk risk(String text) {
    return switch (text) {
      case "safe" -> Risk.SAFE;
      case "may-break" -> Risk.MAY_BREAK;
      default -> null;
    };
  }

  static @Nullable Boolean truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> null;
    };
  }
}
