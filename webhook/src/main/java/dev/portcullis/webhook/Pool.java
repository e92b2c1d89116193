package dev.portcullis.webhook;

import org.jspecify.annotations.Nullable;

/**
 * Something of which the server has only so much, shared by all clients, and that cannot be taken
 * back: reviews that wait for the cluster, their bytes, bytes of answers.
 *
 * <p>No client has a fixed cap. Of three quarters of the pool an address may take three times what
 * is free, and a connection what its address may still take (the dynamic thresholds of Choudhury,
 * Hahne: "Dynamic queue length thresholds for shared-memory packet switches", 1998). The rest is
 * for those who hold nothing: an eighth for connections, an eighth for addresses.
 */
final class Pool {
  private static final long PER_ADDRESS = 3;

  private final long size;
  private long taken;

  /** Of {@code size} units, whatever they are. */
  Pool(long size) {
    this.size = size;
  }

  /** {@return a pool of which a connection that is alone may take {@code amount}} */
  static Pool forOne(int amount) {
    // Three fifths of three quarters, the other way round, and rounded up.
    return new Pool((amount * 20L + 8) / 9);
  }

  /** What a connection has taken, or, if it is of nobody, all connections of an address. */
  static final class Holder {
    private final @Nullable Holder address;
    private long held;

    /** An address. */
    Holder() {
      this.address = null;
    }

    /** A connection of {@code address}. */
    Holder(Holder address) {
      this.address = address;
    }
  }

  /** Takes all of {@code amount} for a connection; {@return false if that is not its fair share} */
  synchronized boolean take(Holder connection, long amount) {
    Holder address = connection.address;
    long ofAddress = address == null ? 0 : address.held;
    long free = size * 3 / 4 - taken - amount;
    boolean fair = connection.held + amount <= PER_ADDRESS * free - ofAddress;
    boolean first = connection.held == 0 && taken + amount <= size * 7 / 8;
    boolean stranger = ofAddress == 0 && connection.held == 0 && taken + amount <= size;
    if (!fair && !first && !stranger) {
      return false;
    }
    taken += amount;
    connection.held += amount;
    if (address != null) {
      address.held += amount;
    }
    return true;
  }

  /** Gives back what was taken for a connection. */
  synchronized void giveBack(Holder connection, long amount) {
    taken -= amount;
    connection.held -= amount;
    Holder address = connection.address;
    if (address != null) {
      address.held -= amount;
    }
  }

  synchronized long taken() {
    return taken;
  }
}
