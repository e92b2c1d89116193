package dev.portcullis.policy.checks;

import dev.portcullis.policy.Check;
import java.util.List;

class HostNamespacesTest implements CheckTest {
  @Override
  public Check check() {
    return HostNamespaces.CHECK;
  }

  @Override
  public void addTo(CheckFixtures pods) {
    for (String field : List.of("hostNetwork", "hostPID", "hostIPC")) {
      pods.add("hostNamespaces/" + field, p -> p.set("spec." + field, true));
      pods.add("hostNamespaces/not " + field, p -> p.set("spec." + field, false));
    }
    pods.add(
        "hostNamespaces/all",
        p -> p.set("spec.hostIPC", true).set("spec.hostPID", true).set("spec.hostNetwork", true));
    pods.add("hostNamespaces/null", p -> p.set("spec.hostNetwork", null));
  }
}
