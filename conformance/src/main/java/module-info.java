import org.jspecify.annotations.NullMarked;

/** Our answers against the reference implementation. */
@NullMarked
module dev.portcullis.conformance {
  requires static org.jspecify;
  requires dev.portcullis.policy;
  requires dev.portcullis.manifests;
  requires dev.portcullis.admission;
}
