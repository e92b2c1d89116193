package dev.portcullis.advice.migrate.psp;

import dev.portcullis.policy.Level;
import java.util.List;

/**
 * A policy beside the Pod Security Standards.
 *
 * @param policy the policy
 * @param fields a verdict for each row of the mapping, in its order
 */
public record PolicyVerdict(PodSecurityPolicy policy, List<FieldVerdict> fields) {
  /** More fields than this in the way, and a sentence that lists them helps nobody. */
  private static final int FEW = 3;

  /** Copies the list. */
  public PolicyVerdict {
    fields = List.copyOf(fields);
  }

  /** {@return the strictest level that allows whatever the policy allows} */
  public Level level() {
    Level level = Level.RESTRICTED;
    for (FieldVerdict field : fields) {
      level = level.stricterThan(field.level()) ? field.level() : level;
    }
    return level;
  }

  /**
   * {@return the same, but for SELinux and AppArmor}
   *
   * <p>Whoever wrote a policy had one of them in mind at most, as a node has one at most, and
   * leaving the other open was the only way to say so.
   */
  public Level intended() {
    Level level = Level.RESTRICTED;
    for (FieldVerdict field : fields) {
      boolean module =
          field.field() == PolicyField.SE_LINUX || field.field() == PolicyField.APP_ARMOR_ALLOWED;
      level = !module && level.stricterThan(field.level()) ? field.level() : level;
    }
    return level;
  }

  /** {@return whether the level that it corresponds to forbids whatever the policy forbids} */
  public boolean exact() {
    return stricter(level()).isEmpty();
  }

  /** {@return the fields that allow what this level forbids} */
  public List<FieldVerdict> laxer(Level level) {
    return fields.stream().filter(field -> !field.at(level).covered()).toList();
  }

  /** {@return the fields that forbid what this level allows} */
  public List<FieldVerdict> stricter(Level level) {
    return fields.stream().filter(field -> !field.at(level).stricter().isEmpty()).toList();
  }

  /** {@return the verdict in a sentence without a final period} */
  public String sentence() {
    Level level = level();
    List<FieldVerdict> stricter = stricter(level);
    if (level == Level.PRIVILEGED) {
      return stricter.isEmpty()
          ? "privileged: it forbids nothing"
          : "privileged, " + butFor(Level.BASELINE) + "; it corresponds to no standard";
    }
    var out = new StringBuilder(level.toString());
    if (!stricter.isEmpty()) {
      out.append(", stricter in ").append(names(stricter));
    }
    if (level == Level.BASELINE && laxer(Level.RESTRICTED).size() <= FEW) {
      out.append(stricter.isEmpty() ? ", " : "; ").append(butFor(Level.RESTRICTED));
    }
    return out.toString();
  }

  private String butFor(Level next) {
    List<FieldVerdict> inTheWay = laxer(next);
    if (inTheWay.size() > FEW) {
      return "laxer than " + next + " in " + names(inTheWay);
    }
    // Without these fields it may fit the level after that as well.
    Level otherwise = Level.RESTRICTED;
    for (FieldVerdict field : fields) {
      if (field.at(next).covered() && otherwise.stricterThan(field.level())) {
        otherwise = field.level();
      }
    }
    return "but for " + names(inTheWay) + " it would be " + otherwise;
  }

  private static String names(List<FieldVerdict> fields) {
    if (fields.size() > FEW) {
      return fields.size() + " fields";
    }
    var out = new StringBuilder();
    for (int i = 0; i < fields.size(); i++) {
      String separator = i == 0 ? "" : i == fields.size() - 1 ? " and " : ", ";
      out.append(separator).append(shortName(fields.get(i).field()));
    }
    return out.toString();
  }

  private static String shortName(PolicyField field) {
    return switch (field) {
      case SECCOMP_DEFAULT, SECCOMP_ALLOWED -> "the seccomp annotation";
      case APP_ARMOR_DEFAULT, APP_ARMOR_ALLOWED -> "the AppArmor annotation";
      default -> field.toString();
    };
  }
}
