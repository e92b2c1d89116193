package dev.portcullis.e2e;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One etcd on loopback. It can be stopped and started again on its data. */
final class Etcd implements AutoCloseable {
  private final Path folder;
  private final int port = Ports.free();
  private final int peerPort = Ports.free();
  private Program program;

  private Etcd(Path folder) {
    this.folder = folder;
    this.program = run();
  }

  static Etcd start(Path folder) {
    return new Etcd(folder);
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  void stop() {
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
    String peers = "http://127.0.0.1:" + peerPort;
    Program started =
        Program.start(
            "etcd",
            folder.resolve("etcd.log"),
            List.of(
                Tools.installed().path("etcd"),
                "--name=e2e",
                "--data-dir=" + folder.resolve("etcd"),
                "--listen-client-urls=" + url(),
                "--advertise-client-urls=" + url(),
                "--listen-peer-urls=" + peers,
                "--initial-advertise-peer-urls=" + peers,
                "--initial-cluster=e2e=" + peers,
                "--log-level=warn",
                // Throw-away data: a power cut may lose it.
                "--unsafe-no-fsync"),
            Map.of());
    started.awaitReady(Duration.ofSeconds(30), () -> Ports.taken(port));
    return started;
  }
}
