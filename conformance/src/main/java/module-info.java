import org.jspecify.annotations.NullMarked;

/** The product held against the Go reference. */
@NullMarked
module dev.portcullis.conformance {
  requires static org.jspecify;
  requires dev.portcullis.admission;
  requires dev.portcullis.policy;
  requires java.management;
}
