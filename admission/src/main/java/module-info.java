import org.jspecify.annotations.NullMarked;

/** An admission request to its answer, without I/O. */
@NullMarked
module dev.portcullis.admission {
  requires static org.jspecify;
  requires transitive dev.portcullis.policy;
  requires dev.portcullis.manifests;

  exports dev.portcullis.admission;
  exports dev.portcullis.admission.config;
  exports dev.portcullis.admission.harden;
  exports dev.portcullis.admission.review;
}
