package dev.portcullis.cluster;

import dev.portcullis.admission.Deadline;
import dev.portcullis.admission.Lookup;
import dev.portcullis.admission.NamespaceGetter;
import dev.portcullis.policy.json.JsonException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Answers from the store; asks the API server for what is not there, once however many wait.
 *
 * <p>What the API server answers is not kept: the watch will tell. A "not found" counts only for
 * those who waited from before the question was asked; whoever joined later may ask for a namespace
 * that was made meanwhile, and asks anew.
 */
final class NamespaceLookup implements NamespaceGetter {
  /** How long to wait for the API server when the request has no deadline, or a far one. */
  private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(10);

  private static final int MAX_AT_ONCE = 32;

  private final ApiServer server;
  private final NamespaceStore store;
  private final ConcurrentHashMap<String, CompletableFuture<Answer>> questions =
      new ConcurrentHashMap<>();

  /** Questions that may be with the API server at once; whoever asks more waits for a turn. */
  private final Semaphore turns = new Semaphore(MAX_AT_ONCE, true);

  private static final String TOO_LATE = "the API server did not answer in time";

  private record Answer(Lookup lookup, boolean missing) {}

  NamespaceLookup(ApiServer server, NamespaceStore store) {
    this.server = server;
    this.store = store;
  }

  @Override
  public boolean answersAtOnce(String name) {
    return store.get(name) != null;
  }

  @Override
  public Lookup get(String name, Deadline deadline) {
    Lookup.Found known = store.get(name);
    return known != null ? known : ask(name, deadline);
  }

  private Lookup ask(String name, Deadline deadline) {
    var mine = new CompletableFuture<Answer>();
    CompletableFuture<Answer> question = questions.putIfAbsent(name, mine);
    if (question == null) {
      send(name, mine, deadline);
      return lookup(await(mine, deadline));
    }
    Answer answer = await(question, deadline);
    if (answer != null && answer.missing()) {
      question = questions.putIfAbsent(name, mine);
      if (question == null) {
        send(name, mine, deadline);
        question = mine;
      }
      answer = await(question, deadline);
    }
    return lookup(answer);
  }

  /** Asks the API server, when it is our turn before the deadline. */
  private void send(String name, CompletableFuture<Answer> question, Deadline deadline) {
    boolean turn = false;
    try {
      turn =
          turns.tryAcquire(
              Math.min(LONGEST_WAIT, Math.max(0, deadline.remaining())), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!turn) {
      questions.remove(name, question);
      question.complete(new Answer(Lookup.failed(TOO_LATE), false));
      return;
    }
    String path =
        "api/v1/namespaces/" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    CompletableFuture<ApiServer.Reply> reply;
    try {
      reply = server.get(path, LONGEST_WAIT);
    } catch (RuntimeException e) {
      reply = CompletableFuture.failedFuture(e);
    }
    var _ =
        reply.whenComplete((answer, failure) -> {
          turns.release();
          questions.remove(name, question);
          question.complete(answer(answer, failure));
        });
  }

  private static Answer answer(ApiServer.@Nullable Reply reply, @Nullable Throwable failure) {
    if (failure != null) {
      return new Answer(Lookup.failed(ApiServer.explain(failure)), false);
    }
    if (reply == null || !reply.ok()) {
      String message = reply == null ? "the API server gave no answer" : reply.failure().message();
      return new Answer(Lookup.failed(message), reply != null && reply.code() == 404);
    }
    try {
      return new Answer(Lookup.found(ObjectDecoder.namespace(reply.body()).labels()), false);
    } catch (JsonException e) {
      return new Answer(
          Lookup.failed("the API server sent no namespace: " + e.getMessage()), false);
    }
  }

  private static @Nullable Answer await(CompletableFuture<Answer> question, Deadline deadline) {
    try {
      return question.get(
          Math.min(LONGEST_WAIT, Math.max(0, deadline.remaining())), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  private static Lookup lookup(@Nullable Answer answer) {
    return answer != null ? answer.lookup() : Lookup.failed(TOO_LATE);
  }
}
