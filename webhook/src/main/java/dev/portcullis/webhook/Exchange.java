package dev.portcullis.webhook;

import dev.portcullis.admission.Admission;
import dev.portcullis.admission.AdmissionRequest;
import dev.portcullis.admission.AdmissionResponse;
import dev.portcullis.admission.Deadline;
import dev.portcullis.admission.Exemptions;
import dev.portcullis.admission.Status;
import dev.portcullis.admission.harden.Hardening;
import dev.portcullis.admission.review.ReviewDecoder;
import dev.portcullis.admission.review.ReviewEncoder;
import dev.portcullis.admission.review.ReviewException;
import dev.portcullis.policy.json.JsonSlice;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * One request and its answer. Every way through ends in {@link #finish}, and all of it but a review
 * that waits happens on the connection's event loop.
 *
 * <p>The ladder is the reference's: empty, too large, content type, undecodable, another kind, no
 * request; then the review.
 */
final class Exchange {
  private static final System.Logger LOG = System.getLogger(Exchange.class.getName());
  private static final String CONTENT_TYPE = "application/json";
  private static final int FIRST_BUFFER = 8 * 1024;

  /** A body beyond its limit is read to its end, so that the client hears why, but not for ever. */
  private static final int LONGEST_DISCARDED = 4 * Limits.BODY_BYTES;

  private static final byte[] NOTHING = {};

  private final ReviewHandler server;
  private final HttpServerRequest http;
  private final Connections.Tracked connection;
  private final Context context;
  private final long began = System.nanoTime();
  private byte[] body = NOTHING;
  private int length;
  private long received;
  private boolean discarding;
  private boolean finished;

  Exchange(ReviewHandler server, HttpServerRequest http, Connections.Tracked connection) {
    this.server = server;
    this.http = http;
    this.connection = connection;
    this.context = Objects.requireNonNull(Vertx.currentContext(), "not on an event loop");
  }

  void begin() {
    server.connections.began(connection);
    server.metrics.requested(connection.http2);
    if (!server.inFlight.enter()) {
      finished = true;
      server.connections.ended(connection);
      reject(Rejection.OVERLOADED);
      return;
    }
    server.arriving.add(this);
    http.exceptionHandler(this::aborted);
    http.handler(this::chunk);
    http.endHandler(end -> arrived());
    long announced = announced();
    discarding = announced >= Limits.BODY_BYTES;
    if (http.headers().contains(HttpHeaders.EXPECT)) {
      if (discarding) {
        refuse(Rejection.BODY_TOO_LARGE);
      } else {
        http.response().writeContinue();
      }
    } else if (announced > 0 && !discarding) {
      grow((int) announced, FIRST_BUFFER);
    }
  }

  /** Answers if the request has been arriving for longer than this; called from another thread. */
  void hurry(long now, long patienceNanos) {
    if (now - began > patienceNanos) {
      context.runOnContext(run -> {
        if (server.arriving.contains(this)) {
          refuse(Rejection.SLOW);
        }
      });
    }
  }

  private long announced() {
    String text = http.getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return text == null ? 0 : Long.parseLong(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private void chunk(Buffer data) {
    received += data.length();
    if (finished) {
      return;
    }
    if (received >= Limits.BODY_BYTES) {
      discarding = true;
      release();
      if (received > LONGEST_DISCARDED) {
        refuse(Rejection.BODY_TOO_LARGE);
      }
      return;
    }
    if (discarding || !grow(length + data.length(), FIRST_BUFFER)) {
      return;
    }
    data.getBytes(body, length);
    length += data.length();
  }

  /** Makes room for so many bytes, no more than {@code first} of them before anything has come. */
  private boolean grow(int wanted, int first) {
    if (wanted <= body.length) {
      return true;
    }
    int target =
        length == 0 && received == 0 ? Math.min(wanted, first) : Math.max(wanted, length * 2);
    target = Math.min(target, Limits.BODY_BYTES);
    if (!server.inFlight.take((long) target - body.length)) {
      refuse(Rejection.OVERLOADED);
      return false;
    }
    body = Arrays.copyOf(body, target);
    return true;
  }

  private void release() {
    server.inFlight.giveBack(body.length);
    body = NOTHING;
    length = 0;
  }

  private void arrived() {
    server.arriving.remove(this);
    if (finished) {
      return;
    }
    if (received == 0) {
      refuse(Rejection.EMPTY_BODY);
    } else if (discarding) {
      refuse(Rejection.BODY_TOO_LARGE);
    } else if (!CONTENT_TYPE.equals(contentType())) {
      refuse(Rejection.CONTENT_TYPE);
    } else {
      review();
    }
  }

  private String contentType() {
    String given = http.getHeader(HttpHeaders.CONTENT_TYPE);
    return given == null ? "" : given.trim();
  }

  private void review() {
    long start = System.nanoTime();
    try {
      AdmissionRequest request = ReviewDecoder.decodeJson(new JsonSlice(body, 0, length));
      Deadline deadline = Timeout.deadline(http.query());
      PolicyInForce.Current policy = server.policy.current();
      if (ReviewHandler.MUTATE.equals(http.path())) {
        Hardening hardening = server.hardening;
        Exemptions exemptions = policy.configuration().exemptions();
        answer(
            request,
            hardening.mayBlock(request, exemptions),
            () -> hardening.harden(request, exemptions, deadline),
            start);
      } else {
        Admission admission = policy.admission();
        answer(
            request, admission.mayBlock(request), () -> admission.review(request, deadline), start);
      }
    } catch (ReviewException e) {
      Rejection kind =
          switch (e.kind()) {
            case UNDECODABLE -> Rejection.UNDECODABLE;
            case UNEXPECTED_KIND -> Rejection.UNEXPECTED_KIND;
            case NO_REQUEST -> Rejection.NO_REQUEST;
          };
      refuse(kind, e.message());
    } catch (RejectedExecutionException e) {
      refuse(Rejection.OVERLOADED);
    } catch (RuntimeException | StackOverflowError e) {
      failed(e);
    }
  }

  private void answer(
      AdmissionRequest request, boolean waits, Supplier<AdmissionResponse> review, long start) {
    if (waits) {
      server.blocking.execute(() -> answerAside(request, review, start));
    } else {
      answer(request, review.get(), start);
    }
  }

  private void answerAside(
      AdmissionRequest request, Supplier<AdmissionResponse> review, long start) {
    try {
      AdmissionResponse response = review.get();
      context.runOnContext(run -> answer(request, response, start));
    } catch (RuntimeException | StackOverflowError e) {
      context.runOnContext(run -> failed(e));
    }
  }

  private void failed(Throwable e) {
    LOG.log(System.Logger.Level.ERROR, "a review failed", e);
    refuse(Rejection.INTERNAL);
  }

  private void answer(AdmissionRequest request, AdmissionResponse answer, long start) {
    byte[] encoded;
    try {
      encoded = ReviewEncoder.encode(request, answer);
    } catch (RuntimeException e) {
      failed(e);
      return;
    }
    if (finish()) {
      HttpServerResponse response =
          http.response().putHeader(HttpHeaders.CONTENT_TYPE, ReviewHandler.JSON);
      end(response, Buffer.buffer(encoded), false);
      server.metrics.answered(System.nanoTime() - start);
      Status status = answer.status();
      if (status != null && status.code() != 403) {
        log(request, answer, status);
      }
    }
  }

  /**
   * What is refused without a pod having been judged: denials by a check are logged where they are
   * counted.
   */
  private void log(AdmissionRequest request, AdmissionResponse answer, Status status) {
    server.log.add(
        server
            .log
            .line("warn", "refused")
            .with("uid", request.uid())
            .with("namespace", request.namespace())
            .with("kind", request.kind())
            .with("name", request.name())
            .with("user", request.userName())
            .with("operation", request.operation())
            .with("dryRun", request.dryRun())
            .with("code", Integer.toString(status.code()))
            .with("error", answer.auditAnnotations().getOrDefault("error", status.message())));
  }

  private void aborted(Throwable failure) {
    if (finish()) {
      server.metrics.rejected(Rejection.ABORTED);
    }
  }

  private void refuse(Rejection rejection) {
    refuse(rejection, rejection.text());
  }

  private void refuse(Rejection rejection, String text) {
    if (finish()) {
      reject(rejection, text);
    }
  }

  private void reject(Rejection rejection) {
    reject(rejection, rejection.text());
  }

  private void reject(Rejection rejection, String text) {
    server.metrics.rejected(rejection);
    HttpServerResponse response =
        http.response()
            .setStatusCode(rejection.status())
            .putHeader(HttpHeaders.CONTENT_TYPE, ReviewHandler.TEXT)
            .putHeader(ReviewHandler.NO_SNIFF, ReviewHandler.NO_SNIFF_VALUE);
    if (rejection == Rejection.OVERLOADED) {
      response.putHeader(HttpHeaders.RETRY_AFTER, "1");
    }
    // What has not arrived yet would be taken for the next request's start.
    end(response, Buffer.buffer(text + "\n"), !http.isEnded() && !connection.http2);
  }

  private void end(HttpServerResponse response, Buffer content, boolean close) {
    boolean last = close || server.connections.isLast(connection);
    if (last) {
      server.connections.announceEnd(connection);
      if (!connection.http2) {
        response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      }
    }
    Future<Void> written = response.end(content);
    if (last) {
      written.onComplete(done -> server.connections.answered(connection));
    }
  }

  /**
   * {@return whether this was the first call}: whoever comes second has nothing to answer any more.
   */
  private boolean finish() {
    if (finished) {
      return false;
    }
    finished = true;
    server.arriving.remove(this);
    release();
    server.inFlight.leave();
    server.connections.ended(connection);
    return true;
  }
}
