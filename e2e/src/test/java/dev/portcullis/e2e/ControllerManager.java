package dev.portcullis.e2e;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The kube-controller-manager, each controller under its own service account, as in a cluster. */
final class ControllerManager implements AutoCloseable {
  private final Program program;

  private ControllerManager(Program program) {
    this.program = program;
  }

  static ControllerManager start(Path folder, ApiServer server) {
    int port = Ports.free();
    Path kubeconfig = folder.resolve("controller-manager.kubeconfig");
    Identity.replace(
        kubeconfig, server.clientOf("system:kube-controller-manager", List.of()).kubeconfig());
    Program program =
        Program.start(
            "kube-controller-manager",
            folder.resolve("kube-controller-manager.log"),
            List.of(
                Tools.installed().path("kube-controller-manager"),
                "--kubeconfig=" + kubeconfig,
                "--authentication-kubeconfig=" + kubeconfig,
                "--authorization-kubeconfig=" + kubeconfig,
                "--bind-address=127.0.0.1",
                "--secure-port=" + port,
                "--leader-elect=false",
                "--use-service-account-credentials=true",
                "--service-account-private-key-file=" + server.accountsKey(),
                "--root-ca-file=" + server.caFile(),
                "--concurrent-deployment-syncs=2"),
            Map.of());
    program.awaitReady(
        Duration.ofSeconds(60),
        () -> server.admin().reaches("/api/v1/namespaces/default/serviceaccounts/default"));
    return new ControllerManager(program);
  }

  @Override
  public void close() {
    program.close();
  }
}
