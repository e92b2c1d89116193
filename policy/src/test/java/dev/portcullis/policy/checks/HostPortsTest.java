package dev.portcullis.policy.checks;

import dev.portcullis.policy.Check;
import java.util.Arrays;

class HostPortsTest implements CheckTest {
  @Override
  public Check check() {
    return HostPorts.CHECK;
  }

  @Override
  public void addTo(CheckFixtures pods) {
    String port = "spec.containers[0].ports[0].hostPort";
    for (long value : new long[] {0, 80, -1, 2147483647}) {
      pods.add("hostPorts/" + value, p -> p.set(port, value));
    }
    pods.add("hostPorts/null", p -> p.set(port, null));
    pods.add(
        "hostPorts/null port",
        p -> p.set("spec.containers[0].ports", Arrays.asList((Object) null)));
    pods.add("hostPorts/init", p -> p.set("spec.initContainers[0].ports[1].hostPort", 1));
    pods.add(
        "hostPorts/one twice",
        p -> p.set(port, 80).set("spec.containers[0].ports[1].hostPort", 80));
    pods.add(
        "hostPorts/sorted as text",
        p ->
            p.set(port, 9)
                .set("spec.containers[0].ports[1].hostPort", 8080)
                .set("spec.containers[0].ports[2].hostPort", 80));
    pods.add(
        "hostPorts/two containers, one port",
        p -> p.set(port, 80).set("spec.containers[1].ports[0].hostPort", 80));
  }
}
