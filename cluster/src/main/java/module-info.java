import org.jspecify.annotations.NullMarked;

/** The live cluster, behind the ports that admission owns. */
@NullMarked
module dev.portcullis.cluster {
  requires static org.jspecify;
  requires transitive dev.portcullis.admission;
  requires kubernetes.client.api;
  requires kubernetes.model.core;
}
