package dev.portcullis.policy.checks;

import static dev.portcullis.policy.checks.CheckFixtures.A;
import static dev.portcullis.policy.checks.CheckFixtures.APPARMOR;
import static dev.portcullis.policy.checks.CheckFixtures.B;
import static dev.portcullis.policy.checks.CheckFixtures.INIT;
import static dev.portcullis.policy.checks.CheckFixtures.POD;

import dev.portcullis.policy.Check;
import java.util.List;
import java.util.Map;

class AppArmorProfileTest implements CheckTest {
  @Override
  public Check check() {
    return AppArmorProfile.CHECK;
  }

  @Override
  public void addTo(CheckFixtures pods) {
    String type = "appArmorProfile.type";
    for (String value :
        List.of("RuntimeDefault", "Localhost", "Unconfined", "", "runtimeDefault")) {
      pods.add("appArmor/pod " + value, p -> p.set(POD + type, value));
      pods.add("appArmor/container " + value, p -> p.set(A + type, value));
    }
    pods.add("appArmor/no type", p -> p.set(POD + "appArmorProfile", Map.of()));
    pods.add("appArmor/null profile", p -> p.set(A + "appArmorProfile", null));
    pods.add(
        "appArmor/pod and containers, one value",
        p -> p.set(POD + type, "X").set(A + type, "X").set(B + type, "X"));
    pods.add(
        "appArmor/containers, two values",
        p -> p.set(INIT + type, "Z").set(A + type, "Foo").set(B + type, "Foo"));
    for (String value : List.of("", "runtime/default", "localhost/x", "localhost", "unconfined")) {
      pods.add("appArmor/annotation " + value, p -> p.annotate(APPARMOR + "a", value));
    }
    pods.add("appArmor/null annotation", p -> p.annotate(APPARMOR + "a", null));
    pods.add("appArmor/annotation of nobody", p -> p.annotate(APPARMOR, "bogus"));
    pods.add(
        "appArmor/annotations",
        p -> p.annotate(APPARMOR + "b", "z\"\\\n\u00a0\u200b😀").annotate(APPARMOR + "a", "u"));
    pods.add(
        "appArmor/pod, container and annotation",
        p -> p.set(POD + type, "P").set(B + type, "B").annotate(APPARMOR + "b", "unconfined"));
  }
}
