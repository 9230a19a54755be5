package io.simplesmtp.internal.server;

import io.simplesmtp.Reply;
import io.simplesmtp.server.Session;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The open connections of a server. Safe for use by any thread. */
final class Connections {

  /** How long threads whose socket was cut have to end. */
  private static final Duration CUT = Duration.ofSeconds(1);

  private final Set<Connection> open = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile boolean isDraining;

  /** Counts a client in at all gates, or at none of them. */
  static Optional<Reply> enter(Endpoint endpoint, InetAddress client) {
    List<Gate> passed = new ArrayList<>();
    for (Gate gate : endpoint.gates()) {
      Optional<Reply> refusal = gate.enter(client);
      if (refusal.isPresent()) {
        passed.forEach(g -> g.leave(client));
        return refusal;
      }
      passed.add(gate);
    }
    return Optional.empty();
  }

  static void leave(Endpoint endpoint, InetAddress client) {
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
      leave(connection.endpoint(), connection.client());
      lock.lock();
      try {
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Ends what is past its deadline. */
  void check() {
    long now = System.nanoTime();
    open.forEach(connection -> connection.check(now));
  }

  /**
   * Lets all of them finish, and cuts those that have not by then.
   *
   * @return the sessions that were cut
   */
  List<Session> drain(Duration patience) throws InterruptedException {
    isDraining = true;
    open.forEach(Connection::drain);
    awaitEmpty(patience);
    List<Session> cut = new ArrayList<>();
    for (Connection connection : open) {
      connection.session().ifPresent(cut::add);
      connection.abort();
    }
    awaitEmpty(CUT);
    return cut;
  }

  private void awaitEmpty(Duration patience) throws InterruptedException {
    long remaining = patience.toNanos();
    lock.lockInterruptibly();
    try {
      while (!open.isEmpty() && remaining > 0) {
        remaining = changed.awaitNanos(remaining);
      }
    } finally {
      lock.unlock();
    }
  }
}
