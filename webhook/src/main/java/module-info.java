import org.jspecify.annotations.NullMarked;

/** The HTTPS server that the API server calls. */
@NullMarked
module dev.portcullis.webhook {
  requires static org.jspecify;
  requires dev.portcullis.admission;
  requires dev.portcullis.cluster;
  requires io.vertx.core;
  requires io.prometheus.metrics.core;
  requires io.prometheus.metrics.model;
  requires io.prometheus.writer.text;
  requires org.bouncycastle.pkix;
  requires org.bouncycastle.provider;
}
