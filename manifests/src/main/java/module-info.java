import org.jspecify.annotations.NullMarked;

/** Files to workloads, with the position of every node. */
@NullMarked
module dev.portcullis.manifests {
  requires static transitive org.jspecify;
  requires transitive dev.portcullis.policy;

  exports dev.portcullis.manifests;
  exports dev.portcullis.manifests.edit;
  exports dev.portcullis.manifests.files;
  exports dev.portcullis.manifests.yaml;
}
