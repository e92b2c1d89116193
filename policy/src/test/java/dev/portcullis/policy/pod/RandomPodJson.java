package dev.portcullis.policy.pod;

import java.util.random.RandomGenerator;

/**
 * Text that is nearly a pod: fields that are read, fields that are not, nulls, wrong types, escapes
 * and keys given more than once, at any depth.
 */
final class RandomPodJson {
  private static final String[] TEXTS = {
    "a",
    "b",
    "",
    "ALL",
    "NET_RAW",
    "windows",
    "RuntimeDefault",
    "Unconfined",
    "Default",
    "u",
    "é😀",
    "q\\\"\\\\\\n",
    "\\ud83d",
    "runtime/default",
    "unconfined",
    "localhost/x",
    "x y",
  };
  private static final String[] ANNOTATIONS = {
    "container.apparmor.security.beta.kubernetes.io/a",
    "container.seccomp.security.alpha.kubernetes.io/a",
    "seccomp.security.alpha.kubernetes.io/pod",
    "seccomp.security.alpha.kubernetes.io/p\\u006fd",
    "other",
  };
  private static final String[] NUMBERS = {
    "0", "-0", "1", "80", "-7", "2147483648", "9223372036854775808", "1.0", "1e3",
  };

  private final RandomGenerator random;
  private final int oddity;
  private final StringBuilder out = new StringBuilder();

  private RandomPodJson(RandomGenerator random) {
    this.random = random;
    // Most pods are nearly clean, or an early wrong type would hide all that comes after it.
    this.oddity = random.nextInt(4) == 0 ? 20 : 400;
  }

  static String document(RandomGenerator random) {
    var json = new RandomPodJson(random);
    json.object(json::podMember);
    return json.out.toString();
  }

  private void podMember() {
    switch (random.nextInt(8)) {
      case 0 -> member("kind", this::text);
      case 1 -> member("apiVersion", this::text);
      case 2, 3 -> member("metadata", () -> object(this::metadataMember));
      default -> member("spec", () -> object(this::specMember));
    }
  }

  private void metadataMember() {
    switch (random.nextInt(4)) {
      case 0 -> member("name", this::text);
      case 1 -> member("namespace", this::text);
      case 2 -> member("annotations", () -> object(() -> member(pick(ANNOTATIONS), this::text)));
      default ->
          member(
              "ownerReferences",
              () ->
                  list(() ->
                      object(() -> {
                        if (random.nextBoolean()) {
                          member("controller", this::flag);
                        } else {
                          member("uid", this::text);
                        }
                      })));
    }
  }

  private void specMember() {
    switch (random.nextInt(12)) {
      case 0 -> member("hostNetwork", this::flag);
      case 1 -> member("hostPID", this::flag);
      case 2 -> member("hostUsers", this::flag);
      case 3 -> member("os", () -> object(() -> member("name", this::text)));
      case 4 -> member("runtimeClassName", this::text);
      case 5, 6 -> member("securityContext", () -> object(() -> contextMember(true)));
      case 7 -> member("volumes", () -> list(() -> object(this::volumeMember)));
      case 8 -> member("initContainers", () -> list(() -> object(this::containerMember)));
      case 9 -> member("ephemeralContainers", () -> list(() -> object(this::containerMember)));
      default -> member("containers", () -> list(() -> object(this::containerMember)));
    }
  }

  private void volumeMember() {
    VolumeSource[] sources = VolumeSource.values();
    if (random.nextInt(3) == 0) {
      member("name", this::text);
    } else {
      member(sources[random.nextInt(sources.length)].field(), () -> object(this::unknownMember));
    }
  }

  private void containerMember() {
    switch (random.nextInt(9)) {
      case 0 -> member("name", this::text);
      case 1 -> member("image", this::text);
      case 2 -> member("ports", () -> list(() -> object(() -> member("hostPort", this::number))));
      case 3 -> member("livenessProbe", this::handler);
      case 4 -> member("startupProbe", this::handler);
      case 5 ->
          member(
              "lifecycle",
              () ->
                  object(
                      () -> member(random.nextBoolean() ? "preStop" : "postStart", this::handler)));
      default -> member("securityContext", () -> object(() -> contextMember(false)));
    }
  }

  private void handler() {
    object(() ->
        member(
            random.nextBoolean() ? "httpGet" : "tcpSocket",
            () -> object(() -> member("host", this::text))));
  }

  private void contextMember(boolean ofPod) {
    switch (random.nextInt(ofPod ? 8 : 11)) {
      case 0 -> member("runAsNonRoot", this::flag);
      case 1 -> member("runAsUser", this::number);
      case 2 ->
          member(
              "seLinuxOptions",
              () -> object(() -> member(pick("type", "user", "role", "level"), this::text)));
      case 3 -> member("seccompProfile", () -> object(() -> member("type", this::text)));
      case 4 -> member("appArmorProfile", () -> object(() -> member("type", this::text)));
      case 5 -> member("windowsOptions", () -> object(() -> member("hostProcess", this::flag)));
      case 6 -> unknownMember();
      case 7 -> member("sysctls", () -> list(() -> object(() -> member("name", this::text))));
      case 8 -> member(pick("privileged", "allowPrivilegeEscalation"), this::flag);
      case 9 -> member("procMount", this::text);
      default ->
          member(
              "capabilities",
              () -> object(() -> member(pick("add", "drop"), () -> list(this::text))));
    }
  }

  private void unknownMember() {
    member(
        pick("x", "nodeName", "Name", "HostPID", ""),
        () -> out.append(pick("{}", "[1,{\"a\":null}]", "\"\\u0041\"", "1.5e9")));
  }

  private void object(Runnable member) {
    out.append('{');
    for (int i = random.nextInt(5); i > 0; i--) {
      if (random.nextInt(12) == 0) {
        unknownMember();
      } else {
        member.run();
      }
      out.append(i > 1 ? ", " : "");
    }
    out.append('}');
  }

  private void list(Runnable element) {
    out.append('[');
    for (int i = random.nextInt(4); i > 0; i--) {
      value(element);
      out.append(i > 1 ? "," : "");
    }
    out.append(']');
  }

  private void member(String name, Runnable value) {
    out.append('"').append(name).append("\":");
    value(value);
  }

  private void value(Runnable value) {
    if (random.nextInt(12) == 0) {
      out.append("null");
    } else if (random.nextInt(oddity) == 0) {
      out.append(pick("1", "\"x\"", "true", "[]", "{}", "[\"x\"]"));
    } else {
      value.run();
    }
  }

  private void text() {
    out.append('"').append(pick(TEXTS)).append('"');
  }

  private void flag() {
    out.append(random.nextBoolean());
  }

  private void number() {
    out.append(NUMBERS[random.nextInt(random.nextInt(oddity) < 10 ? NUMBERS.length : 5)]);
  }

  private String pick(String... texts) {
    return texts[random.nextInt(texts.length)];
  }
}
