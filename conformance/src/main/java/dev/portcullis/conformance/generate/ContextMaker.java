package dev.portcullis.conformance.generate;

import dev.portcullis.conformance.json.Json;
import dev.portcullis.conformance.json.Json.Arr;
import dev.portcullis.conformance.json.Json.Obj;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Security contexts of pods and containers. */
final class ContextMaker {
  private static final List<String> PROFILES = List.of("RuntimeDefault", "Localhost");
  private static final List<String> ODD_PROFILES =
      List.of(
          "Unconfined",
          "Unconfined",
          "",
          "localhost",
          "runtime/default",
          "\uD83D\uDE00",
          "\uFF5E",
          "A\"B");

  private final Mood mood;

  ContextMaker(Mood mood) {
    this.mood = mood;
  }

  /** {@return the pod's, or null where it has none} */
  @Nullable Json ofPod(boolean windows) {
    var context = new Obj();
    if (mood.isOdd()) {
      mood.put(context, "runAsNonRoot", 0.9, Json.bool(mood.chance(0.3)));
    } else if (mood.hardened() && mood.podNonRoot()) {
      context.put("runAsNonRoot", Json.TRUE);
    }
    if (mood.isOdd()) {
      mood.put(context, "seccompProfile", 0.9, profile(true));
    } else if (mood.hardened() && mood.podSeccomp()) {
      context.put("seccompProfile", profile(false));
    }
    shared(context, windows);
    if (mood.chance(0.12)) {
      mood.put(context, "sysctls", 0.97, sysctls());
    }
    if (mood.chance(0.05)) {
      context.put("fsGroup", Json.number(0)).put("supplementalGroups", Arr.of(Json.number(0)));
    }
    return orNothing(context);
  }

  /** {@return a container's, or null where it has none} */
  @Nullable Json ofContainer(boolean windows) {
    if (mood.isOdd()) {
      return mood.chance(0.5) ? null : Json.NULL;
    }
    var context = new Obj();
    if (mood.isOdd()) {
      mood.put(context, "allowPrivilegeEscalation", 0.6, Json.TRUE);
    } else if (mood.hardened()) {
      context.put("allowPrivilegeEscalation", Json.FALSE);
    }
    if (mood.isOdd()) {
      mood.put(context, "runAsNonRoot", 0.7, Json.bool(mood.chance(0.2)));
    } else if (mood.hardened() && (!mood.podNonRoot() || mood.chance(0.2))) {
      context.put("runAsNonRoot", Json.TRUE);
    }
    if (mood.isOdd()) {
      mood.put(context, "seccompProfile", 0.9, profile(true));
    } else if (mood.hardened() && (!mood.podSeccomp() || mood.chance(0.2))) {
      context.put("seccompProfile", profile(false));
    }
    Json capabilities = capabilities();
    mood.put(context, "capabilities", mood.hardened() ? 1 : 0.4, capabilities);
    if (mood.isOdd()) {
      context.put("privileged", mood.chance(0.85) ? Json.TRUE : Json.NULL);
    } else {
      mood.put(context, "privileged", 0.1, Json.FALSE);
    }
    if (mood.isOdd()) {
      mood.put(
          context,
          "procMount",
          0.98,
          Json.text(
              mood.chance(0.6)
                  ? mood.dice().pick("Unmasked", "", "default", "Other")
                  : mood.dice().pick(Words.ODD)));
    } else {
      mood.put(context, "procMount", 0.08, Json.text("Default"));
    }
    shared(context, windows);
    return orNothing(context);
  }

  private void shared(Obj context, boolean windows) {
    if (mood.isOdd()) {
      mood.put(context, "runAsUser", 0.97, Json.number(0));
    } else {
      mood.put(context, "runAsUser", 0.08, Json.number(mood.dice().pick(1L, 1000L, -1L, 1L << 40)));
    }
    if (mood.isOdd()) {
      mood.put(context, "appArmorProfile", 0.97, profile(true));
    } else {
      mood.put(context, "appArmorProfile", 0.08, profile(false));
    }
    if (mood.isOdd()) {
      mood.put(context, "seLinuxOptions", 0.97, seLinux(true));
    } else {
      mood.put(context, "seLinuxOptions", 0.08, seLinux(false));
    }
    if (mood.isOdd()) {
      var options = new Obj();
      mood.put(options, "hostProcess", 0.95, Json.TRUE);
      mood.put(context, "windowsOptions", 0.98, options);
    } else {
      mood.put(
          context,
          "windowsOptions",
          windows ? 0.3 : 0.03,
          mood.chance(0.5) ? new Obj() : new Obj().put("hostProcess", Json.FALSE));
    }
  }

  private Obj profile(boolean odd) {
    var profile = new Obj();
    if (!odd) {
      profile.put("type", Json.text(mood.dice().pick(PROFILES)));
    } else {
      mood.put(
          profile,
          "type",
          0.9,
          Json.text(mood.dice().pick(mood.chance(0.8) ? ODD_PROFILES : Words.ODD)));
    }
    mood.put(profile, "localhostProfile", 0.1, Json.text("p"));
    return profile;
  }

  private Json capabilities() {
    var capabilities = new Obj();
    if (mood.isOdd()) {
      mood.put(capabilities, "drop", 0.8, texts(3, List.of("all", "NET_RAW", "CHOWN", "", "ALL ")));
    } else if (mood.hardened() || mood.chance(0.3)) {
      capabilities.put(
          "drop",
          mood.chance(0.8)
              ? Arr.of(Json.text("ALL"))
              : texts(2, List.of("KILL", "")).add(Json.text("ALL")));
    }
    if (mood.isOdd()) {
      var add =
          texts(3, mood.dice().pick(Words.ODD, Words.ODD_CAPABILITIES, Words.DEFAULT_CAPABILITIES));
      if (mood.chance(0.05)) {
        add.add(Json.NULL);
      }
      mood.put(capabilities, "add", 0.97, add);
    } else {
      mood.put(
          capabilities,
          "add",
          0.2,
          texts(2, mood.hardened() ? List.of("NET_BIND_SERVICE") : Words.DEFAULT_CAPABILITIES));
    }
    return capabilities;
  }

  private Obj seLinux(boolean odd) {
    var options = new Obj();
    int which = odd ? 1 + mood.dice().below(7) : 0;
    if ((which & 1) != 0) {
      mood.put(
          options,
          "type",
          0.97,
          Json.text(
              mood.dice().pick(mood.chance(0.4) ? List.of("spc_t", "bar", "foo") : Words.ODD)));
    } else {
      mood.put(options, "type", 0.7, Json.text(mood.dice().pick(Words.SAFE_SELINUX_TYPES)));
    }
    mood.put(
        options,
        "user",
        (which & 2) != 0 ? 1 : 0.1,
        Json.text((which & 2) != 0 ? mood.dice().pick("u", "system_u", " ") : ""));
    mood.put(
        options,
        "role",
        (which & 4) != 0 ? 1 : 0.1,
        Json.text((which & 4) != 0 ? mood.dice().pick("r", "system_r", "\n") : ""));
    mood.put(options, "level", 0.2, Json.text("s0:c1"));
    return options;
  }

  private Arr sysctls() {
    var sysctls = new Arr();
    int count = mood.dice().pick(0, 1, 1, 1, 2, 3);
    for (int i = 0; i < count; i++) {
      var sysctl = new Obj();
      List<String> names = mood.chance(3 * mood.odd()) ? Words.ODD_SYSCTLS : Words.SAFE_SYSCTLS;
      names = mood.chance(mood.odd()) ? Words.ODD : names;
      mood.put(sysctl, "name", 0.98, Json.text(mood.dice().pick(names)));
      mood.put(sysctl, "value", 0.5, Json.text("1"));
      sysctls.add(mood.odd() > 0 && mood.chance(0.01) ? Json.NULL : sysctl);
    }
    return sysctls;
  }

  private Arr texts(int most, List<String> words) {
    var texts = new Arr();
    int count = mood.dice().below(most + 1);
    for (int i = 0; i < count; i++) {
      texts.add(Json.text(mood.dice().pick(words)));
    }
    return texts;
  }

  /** An empty context is no different from none, which both occur. */
  private @Nullable Json orNothing(Obj context) {
    return context.members().isEmpty() && mood.chance(0.5) ? null : context;
  }
}
