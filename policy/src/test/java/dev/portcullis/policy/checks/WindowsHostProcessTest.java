package dev.portcullis.policy.checks;

import static dev.portcullis.policy.checks.CheckFixtures.A;
import static dev.portcullis.policy.checks.CheckFixtures.B;
import static dev.portcullis.policy.checks.CheckFixtures.POD;

import dev.portcullis.policy.Check;

class WindowsHostProcessTest implements CheckTest {
  @Override
  public Check check() {
    return WindowsHostProcess.CHECK;
  }

  @Override
  public void addTo(CheckFixtures pods) {
    String field = "windowsOptions.hostProcess";
    pods.add("windows/pod", p -> p.set(POD + field, true));
    pods.add("windows/container", p -> p.set(A + field, true));
    pods.add("windows/false", p -> p.set(POD + field, false).set(A + field, null));
    pods.add(
        "windows/pod and containers",
        p -> p.set(POD + field, true).set(A + field, true).set(B + field, true));
  }
}
