import org.jspecify.annotations.NullMarked;

/** The Pod Security Standards: levels, versions, checks and their verdicts. */
@NullMarked
module dev.portcullis.policy {
  requires static transitive org.jspecify;

  exports dev.portcullis.policy;
  exports dev.portcullis.policy.checks;
  exports dev.portcullis.policy.json;
  exports dev.portcullis.policy.pod;
  exports dev.portcullis.policy.remedy;
}
