import org.jspecify.annotations.NullMarked;

/** The Pod Security Standards: levels, versions, checks and their verdicts. */
@NullMarked
module dev.portcullis.policy {
  requires static org.jspecify;
}
