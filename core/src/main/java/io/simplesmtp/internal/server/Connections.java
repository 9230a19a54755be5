package io.simplesmtp.internal.server;

import io.simplesmtp.Reply;
import io.simplesmtp.internal.protocol.Replies;
import io.simplesmtp.internal.wire.Memory;
import io.simplesmtp.server.Session;
import io.simplesmtp.server.SessionSnapshot;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The open connections of a server. Safe for use by any thread. */
final class Connections {

  private static final System.Logger LOG = System.getLogger("io.simplesmtp.server");

  /** Longer than anybody waits, and short enough to be counted in nanoseconds. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  /** How long threads whose socket was cut have to end. */
  private static final Duration CUT = Duration.ofSeconds(1);

  private final Set<Connection> open = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile boolean isDraining;
  private volatile Runnable whenEmpty = () -> {};
  private long patienceEnd = System.nanoTime() + Long.MAX_VALUE / 2;

  /** Counts a client in at all gates, or at none of them, as where memory is short. */
  static Optional<Reply> enter(Endpoint endpoint, Optional<InetAddress> client) {
    Memory memory = endpoint.settings().buffers().memory();
    if (memory.isShort()) {
      return Optional.of(Replies.LOW_ON_MEMORY);
    }
    List<Gate> passed = new ArrayList<>();
    for (Gate gate : endpoint.gates()) {
      Optional<Reply> refusal = gate.enter(client);
      if (refusal.isPresent()) {
        passed.forEach(g -> g.leave(client));
        return refusal;
      }
      passed.add(gate);
    }
    memory.beginSession();
    return Optional.empty();
  }

  /** Counts one that is in without a client as a client's at all gates, or at none of them. */
  static Optional<Reply> name(Endpoint endpoint, InetAddress client) {
    List<Gate> passed = new ArrayList<>();
    for (Gate gate : endpoint.gates()) {
      Optional<Reply> refusal = gate.name(client);
      if (refusal.isPresent()) {
        passed.forEach(g -> g.forget(client));
        return refusal;
      }
      passed.add(gate);
    }
    return Optional.empty();
  }

  static void leave(Endpoint endpoint, Optional<InetAddress> client) {
    endpoint.settings().buffers().memory().endSession();
    endpoint.gates().forEach(gate -> gate.leave(client));
  }

  void start(Connection connection) {
    open.add(connection);
    if (isDraining) {
      connection.drain();
    }
    try {
      connection.start();
    } catch (Throwable e) { // no memory for a thread
      open.remove(connection);
      throw e;
    }
  }

  void remove(Connection connection) {
    if (open.remove(connection)) {
      leave(connection.endpoint(), connection.counted());
      lock.lock();
      try {
        changed.signalAll();
      } finally {
        lock.unlock();
      }
      runIfEmpty();
    }
  }

  /** Has something done, once or more, when there is no connection: now, or at the end of one. */
  void whenEmpty(Runnable task) {
    whenEmpty = task;
    runIfEmpty();
  }

  private void runIfEmpty() {
    if (open.isEmpty()) {
      whenEmpty.run();
    }
  }

  /** What all of them do just now, the oldest first. */
  List<SessionSnapshot> snapshot() {
    return open.stream()
        .map(Connection::snapshot)
        .sorted(Comparator.comparing(SessionSnapshot::age).reversed())
        .toList();
  }

  /** Ends what is past its deadline. */
  void check() {
    long now = System.nanoTime();
    for (Connection connection : open) {
      try {
        connection.check(now);
      } catch (RuntimeException e) { // the others have deadlines as well
        LOG.log(Level.ERROR, "Fault in the watch over a deadline", e);
      }
    }
  }

  /** From now on {@link #drain} waits so long at the most; the shortest patience counts. */
  void limitPatience(Duration patience) {
    Duration bounded = patience.compareTo(LONGEST) < 0 ? patience : LONGEST;
    long end = System.nanoTime() + (bounded.isNegative() ? 0 : bounded.toNanos());
    lock.lock();
    try {
      patienceEnd = end - patienceEnd < 0 ? end : patienceEnd;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets all of them finish, and cuts those that have not when patience ends.
   *
   * @return the sessions that were cut
   */
  List<Session> drain() throws InterruptedException {
    isDraining = true;
    open.forEach(Connection::drain);
    List<Session> cut = new ArrayList<>();
    if (awaitEmpty()) {
      return cut; // who comes now has its time as well
    }
    for (Connection connection : open) {
      connection.session().ifPresent(cut::add);
      connection.abort();
    }
    lock.lock();
    try {
      patienceEnd = System.nanoTime() + CUT.toNanos();
    } finally {
      lock.unlock();
    }
    var unused = awaitEmpty();
    return cut;
  }

  /** Returns whether all have gone; otherwise patience has ended. */
  private boolean awaitEmpty() throws InterruptedException {
    lock.lock();
    try {
      while (!open.isEmpty() && patienceEnd - System.nanoTime() > 0) {
        changed.awaitNanos(patienceEnd - System.nanoTime());
      }
      return open.isEmpty();
    } finally {
      lock.unlock();
    }
  }
}
