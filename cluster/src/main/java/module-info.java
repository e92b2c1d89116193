import org.jspecify.annotations.NullMarked;

/** Where namespaces and pods come from, behind the ports that admission owns. */
@NullMarked
module dev.portcullis.cluster {
  requires java.net.http;
  requires static org.jspecify;
  requires transitive dev.portcullis.admission;
  requires transitive dev.portcullis.manifests;
  requires kubernetes.client.api;

  exports dev.portcullis.cluster;
}
