package dev.portcullis.webhook;

import dev.portcullis.admission.Admission;
import dev.portcullis.admission.AdmissionRequest;
import dev.portcullis.admission.AdmissionResponse;
import dev.portcullis.admission.Deadline;
import dev.portcullis.admission.Status;
import dev.portcullis.admission.config.Exemptions;
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
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
  private static final int MAX_DISCARDED = 4 * Limits.BODY_BYTES;

  /** So many headers are small beside the rest of a request on HTTP/1.1. */
  private static final int FEW_HEADERS = 32;

  private static final long NO_ERROR = 0;

  private static final byte[] NOTHING = {};

  private final ReviewHandler server;
  private final HttpServerRequest http;
  private final Connections.Tracked connection;
  private final Context context;
  private final long began = System.nanoTime();

  /** Bytes that are counted as arriving; guarded by those who count. */
  long held;

  private byte[] body = NOTHING;
  private int length;
  private long received;
  private boolean discarding;
  private boolean complete;

  /** A thread other than the event loop's reads the body. */
  private boolean aside;

  private volatile boolean finished;

  Exchange(ReviewHandler server, HttpServerRequest http, Connections.Tracked connection) {
    this.server = server;
    this.http = http;
    this.connection = connection;
    this.context = Objects.requireNonNull(Vertx.currentContext(), "not on an event loop");
  }

  void begin() {
    server.connections.began(connection);
    server.metrics.requested(connection.http2);
    if (!server.inFlight.arriving.add(this, lane())) {
      finished = true;
      server.connections.ended(connection);
      reject(Rejection.OVERLOADED);
      return;
    }
    server.inFlight.began();
    http.exceptionHandler(this::aborted);
    http.handler(this::chunk);
    http.endHandler(end -> arrived());
    if (!server.inFlight.arriving.grow(this, sizeOfHeaders())) {
      refuse(Rejection.OVERLOADED);
      return;
    }
    discarding = announced() >= Limits.BODY_BYTES;
    if (http.headers().contains(HttpHeaders.EXPECT)) {
      if (discarding) {
        refuse(Rejection.BODY_TOO_LARGE);
      } else {
        http.response().writeContinue();
      }
    }
  }

  /** {@return how much memory the headers take while the body is on its way, if that matters} */
  private long sizeOfHeaders() {
    return connection.http2 || http.headers().size() > FEW_HEADERS
        ? InFlight.size(http.headers())
        : 0;
  }

  /** {@return when it began, by {@link System#nanoTime}} */
  long began() {
    return began;
  }

  Arrivals.Lane lane() {
    return connection.client.arriving;
  }

  /** Answers that the request has been arriving for too long, if it still is. */
  void hurry() {
    context.runOnContext(run -> {
      if (!complete) {
        refuse(Rejection.SLOW);
      }
    });
  }

  /** Answers that another request has taken its place. */
  void giveUp() {
    boolean slow = System.nanoTime() - began > Limits.CONTENDED_READ.toNanos();
    context.runOnContext(run -> refuse(slow && !complete ? Rejection.SLOW : Rejection.OVERLOADED));
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
      if (received > MAX_DISCARDED) {
        refuse(Rejection.BODY_TOO_LARGE);
      }
      return;
    }
    if (discarding || !grow(length + data.length())) {
      return;
    }
    data.getBytes(body, length);
    length += data.length();
  }

  /** Makes room for so many bytes: at first for what was announced, but not before it comes. */
  private boolean grow(int wanted) {
    if (wanted <= body.length) {
      return true;
    }
    int target =
        length == 0
            ? Math.max(wanted, (int) Math.min(announced(), FIRST_BUFFER))
            : Math.max(wanted, length * 2);
    target = Math.min(target, Limits.BODY_BYTES);
    if (!server.inFlight.arriving.grow(this, (long) target - body.length)) {
      refuse(Rejection.OVERLOADED);
      return false;
    }
    body = Arrays.copyOf(body, target);
    return true;
  }

  private void release() {
    body = NOTHING;
    length = 0;
  }

  private void arrived() {
    if (finished) {
      return;
    }
    complete = true;
    connection.arrived(System.nanoTime());
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

  /** A review that was read. */
  private record Review(
      AdmissionRequest request, boolean waits, Supplier<AdmissionResponse> answer) {
    /** What is sent, and of what it was made. */
    Answered answered() {
      AdmissionResponse response = answer.get();
      return new Answered(request, response, ReviewEncoder.encode(request, response));
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // Written once, then only sent.
  private record Answered(AdmissionRequest request, AdmissionResponse response, byte[] encoded) {}

  private void review() {
    long start = System.nanoTime();
    Deadline deadline = Timeout.deadline(http.query());
    String path = http.path();
    var slice = new JsonSlice(body, 0, length);
    if (length >= Limits.ASIDE_BYTES) {
      aside(
          server.threads.working(),
          () -> {
            if (!server.inFlight.arriving.remove(this)) {
              return () -> {};
            }
            Review review = read(slice, path, deadline);
            return review.waits ? () -> await(review, start) : answer(review, start);
          },
          () -> {});
      return;
    }
    server.inFlight.arriving.remove(this);
    try {
      Review review = read(slice, path, deadline);
      if (review.waits) {
        await(review, start);
      } else {
        answer(review, start).run();
      }
    } catch (ReviewException | RuntimeException | StackOverflowError e) {
      failed(e);
    }
  }

  private Review read(JsonSlice slice, @Nullable String path, Deadline deadline)
      throws ReviewException {
    AdmissionRequest request = ReviewDecoder.decodeJson(slice);
    PolicyInForce.Current policy = server.policy.current();
    if (ReviewHandler.PROBE.equals(path)) {
      return new Review(request, false, () -> ReviewHandler.PROBED);
    }
    if (ReviewHandler.MUTATE.equals(path)) {
      Hardening hardening = server.hardening;
      Exemptions exemptions = policy.configuration().exemptions();
      return new Review(
          request,
          hardening.mayBlock(request, exemptions),
          () -> hardening.harden(request, exemptions, deadline));
    }
    Admission admission = policy.admission();
    return new Review(
        request, admission.mayBlock(request), () -> admission.review(request, deadline));
  }

  private Runnable answer(Review review, long start) {
    Answered answered = review.answered();
    return () -> send(answered, start);
  }

  /** Lets a review wait for the cluster on a thread of its own. */
  private void await(Review review, long start) {
    InFlight shared = server.inFlight;
    InFlight.Client client = connection.client;
    int size = length;
    if (!shared.waiting.take(client.waiting, 1)) {
      refuse(Rejection.OVERLOADED);
      return;
    }
    if (!shared.waitingBytes.take(client.waitingBytes, size)) {
      shared.waiting.giveBack(client.waiting, 1);
      refuse(Rejection.OVERLOADED);
      return;
    }
    aside(
        server.threads.waiting(),
        () -> answer(review, start),
        () -> {
          shared.waitingBytes.giveBack(client.waitingBytes, size);
          shared.waiting.giveBack(client.waiting, 1);
        });
  }

  private interface Step {
    Runnable take() throws ReviewException;
  }

  /**
   * Takes a step on another thread, if anybody still waits for it then, and goes on on the event
   * loop; calls {@code after} in any case.
   */
  private void aside(Executor threads, Step step, Runnable after) {
    aside = true;
    try {
      threads.execute(() -> {
        Runnable next = take(step);
        after.run();
        context.runOnContext(run -> back(next));
      });
    } catch (RejectedExecutionException e) {
      aside = false;
      after.run();
      refuse(Rejection.OVERLOADED);
    }
  }

  private Runnable take(Step step) {
    try {
      return finished ? () -> {} : step.take();
    } catch (ReviewException | RuntimeException | StackOverflowError e) {
      return () -> failed(e);
    }
  }

  private void back(Runnable next) {
    aside = false;
    if (finished) {
      release();
    } else {
      next.run();
    }
  }

  private void failed(Throwable e) {
    switch (e) {
      case ReviewException review -> {
        Rejection kind =
            switch (review.kind()) {
              case UNDECODABLE -> Rejection.UNDECODABLE;
              case UNEXPECTED_KIND -> Rejection.UNEXPECTED_KIND;
              case NO_REQUEST -> Rejection.NO_REQUEST;
            };
        refuse(kind, review.message());
      }
      default -> {
        LOG.log(System.Logger.Level.ERROR, "a review failed", e);
        refuse(Rejection.INTERNAL);
      }
    }
  }

  private void send(Answered answered, long start) {
    if (finish()) {
      HttpServerResponse response =
          http.response().putHeader(HttpHeaders.CONTENT_TYPE, ReviewHandler.JSON);
      server.connections.send(connection, response, Buffer.buffer(answered.encoded), false);
      server.metrics.answered(System.nanoTime() - start);
      Status status = answered.response.status();
      if (status != null && status.code() != 403) {
        log(answered.request, answered.response, status);
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
    HttpServerResponse response = ReviewHandler.textual(http.response(), rejection.status());
    if (rejection == Rejection.OVERLOADED) {
      response.putHeader(HttpHeaders.RETRY_AFTER, "1");
    }
    // What has not arrived yet would be taken for the next request's start.
    boolean half = !http.isEnded();
    Future<Void> written =
        server.connections.send(
            connection, response, Buffer.buffer(text + "\n"), half && !connection.http2);
    if (half && connection.http2) {
      // The answer is whole: the client need not send the rest (RFC 9113, 8.1).
      written.onComplete(done -> response.reset(NO_ERROR));
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
    if (complete) {
      connection.reviewed();
    }
    server.inFlight.arriving.remove(this);
    if (!aside) {
      release();
    }
    server.inFlight.ended();
    server.connections.ended(connection);
    return true;
  }
}
