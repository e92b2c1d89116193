import org.jspecify.annotations.NullMarked;

/** The HTTPS server that the API server calls. */
@NullMarked
module dev.portcullis.webhook {
  requires static org.jspecify;
  requires transitive dev.portcullis.cluster;
  requires java.logging;
  requires java.naming;
  requires io.vertx.core;
  requires io.netty.buffer;
  requires io.netty.codec;
  requires io.netty.codec.http;
  requires io.netty.common;
  requires io.netty.handler;
  requires io.netty.transport;
  requires io.prometheus.metrics.config;
  requires io.prometheus.metrics.core;
  requires io.prometheus.metrics.model;
  requires io.prometheus.writer.text;

  exports dev.portcullis.webhook;
}
