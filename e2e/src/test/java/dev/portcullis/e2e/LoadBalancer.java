package dev.portcullis.e2e;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * haproxy in front of replicas: TCP only, as kube-proxy is; a replica that is not ready gets no new
 * connections.
 */
final class LoadBalancer implements AutoCloseable {
  private final int port = Ports.free();
  private final Program program;

  private LoadBalancer(Path folder, List<Webhook> replicas) {
    var configuration =
        new StringBuilder(
            """
            global
              maxconn 2000
            defaults
              mode tcp
              timeout connect 1s
              # A refusal and a 503 count at once; slowness of a busy machine does not.
              timeout check 5s
              timeout client 5m
              timeout server 5m
            listen webhook
              bind 127.0.0.1:%d
              balance roundrobin
              option redispatch
              option httpchk GET /readyz
            """
                .formatted(port));
    for (Webhook replica : replicas) {
      configuration.append(
          "  server replica-%d 127.0.0.1:%d check port %d inter 200ms fall 1 rise 1%s%n"
              .formatted(
                  replica.port(),
                  replica.port(),
                  replica.probes().port(),
                  replica.probes().scheme().equals("https") ? " check-ssl verify none" : ""));
    }
    Path file = folder.resolve("haproxy.cfg");
    Identity.replace(file, configuration.toString());
    program =
        Program.start(
            "haproxy",
            folder.resolve("haproxy.log"),
            List.of(Tools.installed().path("haproxy"), "-db", "-f", file.toString()),
            Map.of());
    program.awaitReady(Duration.ofSeconds(20), () -> Ports.taken(port));
  }

  static LoadBalancer start(Path folder, List<Webhook> replicas) {
    return new LoadBalancer(folder, replicas);
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    program.close();
  }
}
