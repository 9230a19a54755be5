package io.simplesmtp.app;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;

/** Clients at once, each of which comes again and again until all are told to stop. */
final class Crowd implements AutoCloseable {

  /** What a client does each time that it comes. */
  interface Visit {
    void pay(SplittableRandom random) throws IOException;
  }

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, LongAdder> visits = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<AssertionError> faults = new ConcurrentLinkedQueue<>();
  private final ConcurrentHashMap<Talk, Boolean> vandals = new ConcurrentHashMap<>();
  private final AtomicInteger seed = new AtomicInteger();
  private final long longestPause;
  private volatile boolean isOver;

  /**
   * Nobody yet.
   *
   * @param pause the longest that a client stays away
   */
  Crowd(Duration pause) {
    longestPause = pause.toNanos();
  }

  /** Clients whose sessions succeed, or else the test does not. */
  void good(String name, int number, Visit visit) {
    add(name, number, visit, false);
  }

  /** Clients whose connections may end in any way. */
  void bad(String name, int number, Visit visit) {
    add(name, number, visit, true);
  }

  /** Keeps the connection of a client in bad order, which is cut when all are to stop. */
  Talk seen(Talk talk) throws IOException {
    vandals.put(talk, true);
    if (isOver) {
      talk.close();
    }
    return talk;
  }

  /** Stays away, or silent, for a while. */
  void pause(SplittableRandom random) {
    LockSupport.parkNanos(random.nextLong(longestPause));
  }

  boolean isOver() {
    return isOver;
  }

  /** What went wrong with clients in good order. */
  List<AssertionError> faults() {
    return List.copyOf(faults);
  }

  /** How often clients of each kind came. */
  Map<String, LongAdder> visits() {
    return new TreeMap<>(visits);
  }

  private void add(String name, int number, Visit visit, boolean isBad) {
    for (int i = 0; i < number; i++) {
      SplittableRandom random = new SplittableRandom(seed.incrementAndGet());
      threads.execute(() -> {
        while (!isOver) {
          visit(name, random, visit, isBad);
          pause(random);
        }
      });
    }
  }

  private void visit(String name, SplittableRandom random, Visit visit, boolean isBad) {
    try {
      visit.pay(random);
    } catch (IOException | RuntimeException | AssertionError e) {
      if (!isBad) {
        faults.add(new AssertionError(name + ": " + e.getMessage(), e));
      }
    } finally {
      visits.computeIfAbsent(name, n -> new LongAdder()).increment();
      vandals.keySet().removeIf(Talk::isClosed);
    }
  }

  /** Lets those in good order come to the end of their messages. */
  @Override
  public void close() throws IOException {
    isOver = true;
    for (Talk vandal : vandals.keySet()) {
      vandal.close();
    }
    threads.shutdown();
    Awaitility.await()
        .atMost(Duration.ofSeconds(Programs.PATIENCE_SECONDS))
        .until(threads::isTerminated);
  }
}
