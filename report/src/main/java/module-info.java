import org.jspecify.annotations.NullMarked;

/** Workloads to results, and results to formats. */
@NullMarked
module dev.portcullis.report {
  requires static transitive org.jspecify;
  requires transitive dev.portcullis.policy;
  requires transitive dev.portcullis.manifests;
  requires transitive dev.portcullis.admission;

  exports dev.portcullis.report;
  exports dev.portcullis.report.format;
}
