package dev.portcullis.cluster;

import dev.portcullis.admission.NamespaceGetter;
import dev.portcullis.admission.PodLister;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A Kubernetes cluster behind its API server: namespaces followed by list and watch, pods listed
 * when asked for.
 */
public final class LiveCluster implements Cluster {
  private final ApiServer server;
  private final NamespaceStore store = new NamespaceStore();
  private final NamespaceInformer informer;
  private final NamespaceLookup lookup;

  LiveCluster(ApiServer server) {
    this(server, NamespaceInformer.SILENCE);
  }

  /** With a watch that is given up after so long a silence. */
  LiveCluster(ApiServer server, Duration silence) {
    this.server = server;
    this.informer = new NamespaceInformer(server, store, silence);
    this.lookup = new NamespaceLookup(server, store);
    informer.start();
  }

  /**
   * {@return the cluster that the current context of this kubeconfig names}; it begins to follow
   * namespaces at once.
   */
  public static LiveCluster of(Path kubeconfig) throws ClusterException {
    return new LiveCluster(ApiServer.of(kubeconfig));
  }

  /** {@return the cluster that this process runs in, or null when it runs in none} */
  public static @Nullable LiveCluster ofPod() throws ClusterException {
    ApiServer server = ApiServer.ofPod();
    return server == null ? null : new LiveCluster(server);
  }

  /**
   * {@return where replicas of this cluster keep the certificates that they make for themselves}
   */
  public CertificateStore certificates(CertificateStore.Names names) {
    return new CertificateStore(server, names);
  }

  /** {@return the webhook configurations by which the API server calls this installation} */
  public WebhookRegistry webhooks(WebhookRegistry.Names names) {
    return new WebhookRegistry(server, names);
  }

  @Override
  public NamespaceGetter namespaces() {
    return lookup;
  }

  @Override
  public PodLister pods() {
    return new PagedPods(server);
  }

  @Override
  public boolean synced() {
    return informer.synced();
  }

  @Override
  public void awaitSynced() throws InterruptedException {
    informer.awaitSynced();
  }

  @Override
  public boolean alive() {
    return informer.alive();
  }

  @Override
  public Duration age() {
    return informer.age();
  }

  @Override
  public boolean has(String namespace) {
    return store.get(namespace) != null;
  }

  @Override
  public int size() {
    return store.size();
  }

  @Override
  public String description() {
    return "the API server " + server.url();
  }

  @Override
  public void close() {
    informer.close();
    server.close();
  }
}
