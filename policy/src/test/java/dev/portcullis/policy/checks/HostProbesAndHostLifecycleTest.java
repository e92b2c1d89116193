package dev.portcullis.policy.checks;

import dev.portcullis.policy.Check;
import java.util.List;

class HostProbesAndHostLifecycleTest implements CheckTest {
  @Override
  public Check check() {
    return HostProbesAndHostLifecycle.CHECK;
  }

  @Override
  public void addTo(CheckFixtures pods) {
    for (String handler :
        List.of(
            "livenessProbe",
            "readinessProbe",
            "startupProbe",
            "lifecycle.postStart",
            "lifecycle.preStop")) {
      for (String action : List.of("httpGet", "tcpSocket", "grpc")) {
        String path = "." + handler + "." + action + ".host";
        pods.add("handlers" + path, p -> p.set("spec.containers[1]" + path, "localhost"));
      }
    }
    String host = ".livenessProbe.httpGet.host";
    pods.add("handlers/empty", p -> p.set("spec.containers[0]" + host, ""));
    pods.add("handlers/null", p -> p.set("spec.containers[0]" + host, null));
    pods.add("handlers/null probe", p -> p.set("spec.containers[0].livenessProbe", null));
    pods.add(
        "handlers/sorted",
        p ->
            p.set("spec.initContainers[0].name", "z")
                .set("spec.initContainers[0]" + host, "z.com")
                .set("spec.containers[0]" + host, "a.com")
                .set("spec.containers[0].readinessProbe.tcpSocket.host", "z.com"));
    pods.add(
        "handlers/one name twice",
        p ->
            p.set("spec.containers[1].name", "a")
                .set("spec.containers[0]" + host, "h")
                .set("spec.containers[1]" + host, "h"));
  }
}
