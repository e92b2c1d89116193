package dev.portcullis.e2e;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One kube-apiserver on loopback: RBAC, an audit log of everything, client certificates. It can be
 * killed and started again.
 */
final class ApiServer implements AutoCloseable {
  private static final Duration READY = Duration.ofSeconds(90);
  private static final String AUDIT_POLICY =
      """
      apiVersion: audit.k8s.io/v1
      kind: Policy
      omitStages: [RequestReceived]
      omitManagedFields: true
      rules:
        # What the webhook asks for is part of what is tested.
        - level: Metadata
          users: ["%s"]
        - level: None
          verbs: [get, list, watch]
        - level: None
          resources:
            - group: coordination.k8s.io
            - group: ""
              resources: [events]
            - group: events.k8s.io
        - level: Metadata
      """
          .formatted(Webhook.USER);

  /** As on GKE. */
  private static final String CRITICAL_PODS_NEED_A_QUOTA =
      """
      apiVersion: apiserver.config.k8s.io/v1
      kind: AdmissionConfiguration
      plugins:
        - name: ResourceQuota
          configuration:
            apiVersion: apiserver.config.k8s.io/v1
            kind: ResourceQuotaConfiguration
            limitedResources:
              - resource: pods
                matchScopes:
                  - scopeName: PriorityClass
                    operator: In
                    values: [system-cluster-critical, system-node-critical]
      """;

  private final Path folder;
  private final CertificateAuthority authority;
  private final List<String> command;
  private final int port = Ports.free();
  private final ApiClient admin;
  private Program program;

  private ApiServer(
      Path folder, String etcd, PodSecurityPlugin plugin, CertificateAuthority authority) {
    this.folder = folder;
    this.authority = authority;
    this.command = command(etcd, plugin);
    this.admin = clientOf("admin", List.of("system:masters"));
    this.program = run();
  }

  static ApiServer start(
      Path folder, String etcd, PodSecurityPlugin plugin, CertificateAuthority authority) {
    return new ApiServer(folder, etcd, plugin, authority);
  }

  URI uri() {
    return URI.create("https://127.0.0.1:" + port);
  }

  AuditLog auditLog() {
    return new AuditLog(folder.resolve("audit.log"));
  }

  /** {@return a client that may do everything} */
  ApiClient admin() {
    return admin;
  }

  ApiClient clientOf(String user, List<String> groups) {
    return new ApiClient(uri(), authority.certificate(), authority.client(user, groups));
  }

  /** Kills it and starts it again on the same port. */
  void restart() {
    program.kill();
    program = run();
  }

  void kill() {
    program.kill();
  }

  void startAgain() {
    program = run();
  }

  @Override
  public void close() {
    program.close();
  }

  private Program run() {
    Program started =
        Program.start("kube-apiserver", folder.resolve("kube-apiserver.log"), command, Map.of());
    started.awaitReady(READY, () -> admin.reaches("/readyz"));
    return started;
  }

  private List<String> command(String etcd, PodSecurityPlugin plugin) {
    authority.server("kubernetes.default.svc").writeTo(folder.resolve("serving"));
    Identity accounts = authority.client("service-accounts", List.of());
    Identity.replace(folder.resolve("accounts.key"), accounts.privateKeyPem());
    Identity.replace(folder.resolve("accounts.pub"), accounts.publicKeyPem());
    Identity.replace(folder.resolve("ca.crt"), authority.pem());
    Identity.replace(folder.resolve("audit-policy.yaml"), AUDIT_POLICY);
    var arguments =
        new ArrayList<>(
            List.of(
                Tools.installed().path("kube-apiserver"),
                "--etcd-servers=" + etcd,
                "--bind-address=127.0.0.1",
                // Nobody calls it by this address, but loopback is refused here.
                "--advertise-address=192.0.2.1",
                "--endpoint-reconciler-type=none",
                "--secure-port=" + port,
                "--tls-cert-file=" + folder.resolve("serving/tls.crt"),
                "--tls-private-key-file=" + folder.resolve("serving/tls.key"),
                "--client-ca-file=" + folder.resolve("ca.crt"),
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-key-file=" + folder.resolve("accounts.pub"),
                "--service-account-signing-key-file=" + folder.resolve("accounts.key"),
                // On loopback, so that ServiceAddress can stand in for kube-proxy.
                "--service-cluster-ip-range=127.77.0.0/24",
                "--authorization-mode=RBAC",
                // Or validation refuses privileged pods before any webhook sees them.
                "--allow-privileged=true",
                "--audit-policy-file=" + folder.resolve("audit-policy.yaml"),
                "--audit-log-path=" + folder.resolve("audit.log"),
                "--audit-log-maxsize=4096"));
    switch (plugin) {
      case PodSecurityPlugin.Off() -> {
        arguments.add("--disable-admission-plugins=PodSecurity");
        Identity.replace(folder.resolve("admission.yaml"), CRITICAL_PODS_NEED_A_QUOTA);
        arguments.add("--admission-control-config-file=" + folder.resolve("admission.yaml"));
      }
      case PodSecurityPlugin.On(String configuration) -> {
        Identity.replace(folder.resolve("admission.yaml"), admissionConfiguration(configuration));
        arguments.add("--admission-control-config-file=" + folder.resolve("admission.yaml"));
      }
    }
    return List.copyOf(arguments);
  }

  private static String admissionConfiguration(String podSecurity) {
    return """
    apiVersion: apiserver.config.k8s.io/v1
    kind: AdmissionConfiguration
    plugins:
      - name: PodSecurity
        configuration:
    """
        + podSecurity.indent(6);
  }

  /** {@return the key with which service account tokens are signed} */
  Path accountsKey() {
    return folder.resolve("accounts.key");
  }

  Path caFile() {
    return folder.resolve("ca.crt");
  }
}
