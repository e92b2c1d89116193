package dev.portcullis.conformance.generate;

import dev.portcullis.conformance.json.GoJson;
import dev.portcullis.conformance.json.Json;
import dev.portcullis.conformance.json.Json.Arr;
import dev.portcullis.conformance.json.Json.Member;
import dev.portcullis.conformance.json.Json.Obj;
import dev.portcullis.conformance.json.Json.Raw;
import java.util.List;

/** Configuration files, JSON and YAML, good and bad. */
public final class ConfigMaker {
  private static final String GROUP = "pod-security.admission.config.k8s.io/";
  private static final List<String> LEVELS = List.of("privileged", "baseline", "restricted");
  private static final List<String> BAD_TEXTS =
      List.of("\"\"", "\"Baseline\"", "\"foo\"", "\"v1.01\"", "\"a\\\"b\"", "null");
  private static final List<String> WRONG_TYPES = List.of("1", "1.25", "true", "[]", "{}");
  private static final List<String> NAMES =
      List.of("kube-system", "a", "b-1", "gvisor", "runc.v2", "exempt");
  private static final List<String> BAD_NAMES =
      List.of(
          "",
          "A",
          "-a",
          "a-",
          "a_b",
          "a b",
          "x.y",
          "\uD83D\uDE00",
          "a/b",
          "x".repeat(64),
          "y".repeat(254),
          "a..b",
          ".");
  private static final List<String> WHOLE =
      List.of("", " ", "\n", "---\n", "# nothing\n", "{}", "null", "[]", "x", "1", "{", "a: b: c");

  private final Dice dice;
  private final double bad;

  private ConfigMaker(Dice dice) {
    this.dice = dice;
    this.bad = dice.pick(0.0, 0.02, 0.05, 0.1);
  }

  /** {@return the text of a file} */
  public static String text(Dice dice) {
    if (dice.chance(0.02)) {
      return dice.pick(WHOLE);
    }
    Obj configuration = new ConfigMaker(dice).configuration();
    if (dice.chance(0.4)) {
      return GoJson.print(configuration);
    }
    var out = new StringBuilder();
    yaml(configuration, "", out);
    return out.toString();
  }

  private boolean isBad() {
    return dice.chance(bad);
  }

  private Obj configuration() {
    var all = new Obj();
    if (!isBad()) {
      String version = isBad() ? dice.pick("v2", "", "V1") : dice.pick("v1", "v1beta1", "v1alpha1");
      all.put("apiVersion", Json.text(isBad() ? version : GROUP + version));
    }
    if (!isBad()) {
      all.put("kind", Json.text(isBad() ? "Foo" : "PodSecurityConfiguration"));
    }
    if (dice.chance(0.85)) {
      all.put("defaults", dice.chance(0.98) ? defaults() : new Raw(dice.pick(odd(true))));
    }
    if (dice.chance(0.7)) {
      all.put("exemptions", dice.chance(0.98) ? exemptions() : new Raw(dice.pick(odd(true))));
    }
    if (isBad()) {
      all.put(dice.pick("deflaults", "Defaults", "metadata", "x"), new Obj());
    }
    return all;
  }

  private Obj defaults() {
    var defaults = new Obj();
    for (String mode : List.of("enforce", "audit", "warn")) {
      if (dice.chance(0.7)) {
        defaults.put(mode, isBad() ? new Raw(dice.pick(odd(false))) : Json.text(dice.pick(LEVELS)));
      }
      if (dice.chance(0.5)) {
        defaults.put(
            mode + "-version",
            isBad()
                ? new Raw(dice.pick(odd(false)))
                : Json.text(Policies.version(dice).toString()));
      }
    }
    if (isBad()) {
      defaults.put(dice.pick("enForce", "bar", "enforceVersion"), Json.text("baseline"));
    }
    return defaults;
  }

  private Obj exemptions() {
    var exemptions = new Obj();
    for (String list : List.of("usernames", "namespaces", "runtimeClasses")) {
      if (dice.chance(0.6)) {
        exemptions.put(list, isBad() ? new Raw(dice.pick(odd(true))) : names());
      }
    }
    if (isBad()) {
      exemptions.put(dice.pick("users", "Namespaces", "groups"), new Arr());
    }
    return exemptions;
  }

  private Arr names() {
    var names = new Arr();
    int count = dice.below(4);
    for (int i = 0; i < count; i++) {
      if (isBad()) {
        names.add(
            dice.chance(0.3) ? new Raw(dice.pick(WRONG_TYPES)) : Json.text(dice.pick(BAD_NAMES)));
      } else if (bad > 0 || i == 0) {
        names.add(Json.text(dice.pick(NAMES)));
      } else {
        names.add(Json.text("n" + i));
      }
    }
    return names;
  }

  private List<String> odd(boolean collection) {
    return collection || dice.chance(0.3) ? WRONG_TYPES : BAD_TEXTS;
  }

  /** Writes a block style that needs no thought: strings are quoted as in JSON. */
  private static void yaml(Obj object, String indent, StringBuilder out) {
    if (object.members().isEmpty()) {
      out.append(indent).append("{}\n");
    }
    for (Member member : object.members()) {
      out.append(indent).append(member.name()).append(':');
      switch (member.value()) {
        case Obj inner when !inner.members().isEmpty() -> {
          out.append('\n');
          yaml(inner, indent + "  ", out);
        }
        case Arr list when !list.items().isEmpty() -> {
          out.append('\n');
          for (Json item : list.items()) {
            out.append(indent).append("- ").append(GoJson.print(item)).append('\n');
          }
        }
        default -> out.append(' ').append(GoJson.print(member.value())).append('\n');
      }
    }
  }
}
