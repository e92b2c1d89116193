package dev.portcullis.conformance.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Cases of one kind, put to both sides, split over lanes. */
public final class Phase {
  private final Kind kind;
  private final long seed;
  private final long batches;

  /** So many cases, rounded up to whole batches. */
  public Phase(Kind kind, long seed, long cases) {
    this.kind = kind;
    this.seed = seed;
    this.batches = Math.ceilDiv(cases, kind.size());
  }

  /**
   * {@return its counts}
   *
   * @param oracles one for each lane, kept from phase to phase
   * @param found takes the first differences
   */
  public Tally run(List<Oracle> oracles, Findings found) throws IOException {
    long cpu = cpu(oracles);
    long start = System.nanoTime();
    Tally total = Tally.none(kind.title());
    try (var threads = Executors.newCachedThreadPool()) {
      List<Future<?>> asking = new ArrayList<>();
      List<Future<Tally>> running = new ArrayList<>();
      for (int i = 0; i < oracles.size(); i++) {
        var lane = new Lane(kind, seed, i, oracles.size(), batches, oracles.get(i), found);
        asking.add(threads.submit(lane::write));
        running.add(threads.submit(lane::read));
      }
      for (Future<Tally> lane : running) {
        total = total.plus(lane.get());
      }
      for (Future<?> lane : asking) {
        lane.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("comparing " + kind.title() + " failed: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    return new Tally(
        kind.title(),
        total.cases(),
        total.differences(),
        total.deviations(),
        cpu(oracles) - cpu,
        total.ourNanos(),
        System.nanoTime() - start);
  }

  private static long cpu(List<Oracle> oracles) {
    return oracles.stream().mapToLong(oracle -> oracle.cpu().toNanos()).sum();
  }
}
