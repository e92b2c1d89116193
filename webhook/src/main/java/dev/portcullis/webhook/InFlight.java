package dev.portcullis.webhook;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What requests under way take of the server, and whose they are. */
final class InFlight {
  /** Many times what an API server sends at once; each takes some kilobytes. */
  private static final int MIN_ARRIVING = 2_048;

  /** What a header takes beside its letters. */
  private static final int BYTES_PER_HEADER = 128;

  /** Requests that are arriving. */
  final Arrivals arriving;

  /**
   * Reviews that wait for the cluster. Those that need not wait are over before the next begins.
   */
  final Pool waiting;

  /** Bytes of the bodies of those. */
  final Pool waitingBytes;

  /** Bytes of answers that the client has not taken. */
  final Pool answers;

  private final AtomicLong requests = new AtomicLong();
  private final ConcurrentHashMap<String, Address> addresses = new ConcurrentHashMap<>();

  InFlight(Limits limits) {
    this.arriving =
        new Arrivals(
            Math.max(MIN_ARRIVING, limits.requests()), limits.bodyMemory() * 3 / 4, limits.read());
    this.waiting = Pool.forOne(limits.requests());
    this.waitingBytes = new Pool(limits.bodyMemory() / 2);
    this.answers = new Pool(limits.answerMemory());
  }

  /** The connections of one address. */
  private static final class Address {
    private final Arrivals.Lane arriving = new Arrivals.Lane();
    private final Pool.Holder waiting = new Pool.Holder();
    private final Pool.Holder waitingBytes = new Pool.Holder();
    private final Pool.Holder answers = new Pool.Holder();
    private int connections;
  }

  /** A connection's part of all of this. */
  static final class Client {
    final Arrivals.Lane arriving;
    final Pool.Holder waiting;
    final Pool.Holder waitingBytes;
    final Pool.Holder answers;
    private final String address;

    private Client(String name, Address address) {
      this.address = name;
      this.arriving = new Arrivals.Lane(address.arriving);
      this.waiting = new Pool.Holder(address.waiting);
      this.waitingBytes = new Pool.Holder(address.waitingBytes);
      this.answers = new Pool.Holder(address.answers);
    }
  }

  /** {@return a new connection of the client with this address} */
  Client connected(String address) {
    var shared =
        addresses.compute(
            address,
            (name, known) -> {
              Address one = known == null ? new Address() : known;
              one.connections++;
              return one;
            });
    return new Client(address, shared);
  }

  /** Forgets a connection; what it still holds is given back as usual. */
  void disconnected(Client client) {
    addresses.computeIfPresent(
        client.address, (name, known) -> --known.connections == 0 ? null : known);
  }

  void began() {
    requests.incrementAndGet();
  }

  void ended() {
    requests.decrementAndGet();
  }

  /** {@return how many requests have begun and are not answered} */
  long requests() {
    return requests.get();
  }

  /** {@return about how much memory the headers of a request take} */
  static long size(Iterable<java.util.Map.Entry<String, String>> headers) {
    long size = 0;
    for (var header : headers) {
      size += BYTES_PER_HEADER + header.getKey().length() + header.getValue().length();
    }
    return size;
  }
}
