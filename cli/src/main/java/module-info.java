import org.jspecify.annotations.NullMarked;

/** The {@code portcullis} command, one class a command. */
@NullMarked
module dev.portcullis.cli {
  requires static org.jspecify;
  requires dev.portcullis.policy;
  requires dev.portcullis.manifests;
  requires dev.portcullis.admission;
  requires dev.portcullis.report;
  requires dev.portcullis.advice;
  requires dev.portcullis.cluster;
  requires dev.portcullis.webhook;
  requires info.picocli;

  opens dev.portcullis.cli to
      info.picocli;
}
