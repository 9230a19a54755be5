package io.simplesmtp.internal.session;

import io.simplesmtp.server.Admission;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Counts failed AUTH commands for each client, over all sessions, and says how long the reply to
 * one is held back. An exchange that is under way counts as a failure until it has ended, or else
 * as many could be tried as there are connections: a challenge may have told that it failed. Safe
 * for use by any thread.
 *
 * <p>A client's window begins with its first failure. The table keeps a bounded number of clients
 * and forgets the one that failed the longest time ago. A success forgets nothing, because an
 * attacker may have an account, too.
 */
public final class AuthFailures {

  /** Clients that are remembered; each takes about a hundred octets. */
  static final int MOST_CLIENTS = 1 << 16;

  /** The delay grows to so many times its first value. */
  private static final int MOST_DELAYS = 8;

  private final int most;
  private final Duration delay;
  private final long window;
  private final LongSupplier clock;
  private final ReentrantLock lock = new ReentrantLock();

  /** The client that failed the longest time ago comes first. */
  private final Map<Object, Count> counts = new LinkedHashMap<>();

  /** How many exchanges are under way, for each client that has any. */
  private final Map<Object, Integer> exchanges = new HashMap<>();

  private record Count(long begin, int failures) {}

  /** Begins with no failure. */
  public AuthFailures(Admission admission) {
    this(admission, System::nanoTime);
  }

  AuthFailures(Admission admission, LongSupplier clock) {
    this.most = admission.authFailuresPerClient();
    this.delay = admission.authFailureDelay();
    this.window = admission.authFailureWindow().toNanos();
    this.clock = clock;
  }

  /**
   * Counts an exchange as under way, unless it would be one too many.
   *
   * @return whether it may begin; then {@link #ends} is called behind it
   */
  boolean begins(Optional<InetAddress> client) {
    if (client.isEmpty()) {
      return true;
    }
    Object network = ClientNetwork.of(client.get());
    lock.lock();
    try {
      int underWay = exchanges.getOrDefault(network, 0);
      boolean isFree = underWay < most - current(network).failures();
      if (isFree) {
        exchanges.put(network, underWay + 1);
      }
      return isFree;
    } finally {
      lock.unlock();
    }
  }

  /** An exchange that had begun is over, and its failure is counted if it failed. */
  void ends(Optional<InetAddress> client) {
    lock.lock();
    try {
      client.ifPresent(address ->
          exchanges.computeIfPresent(
              ClientNetwork.of(address), (network, count) -> count == 1 ? null : count - 1));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Counts a failure.
   *
   * @param inSession the failures of the session, this one among them
   * @return how long its reply is to be held back
   */
  Duration failed(Optional<InetAddress> client, int inSession) {
    int failures = inSession;
    if (client.isPresent()) {
      failures = Math.max(failures, count(ClientNetwork.of(client.get())));
    }
    long times = failures > MOST_DELAYS ? MOST_DELAYS : 1L << (failures - 1);
    return delay.multipliedBy(Math.min(times, MOST_DELAYS));
  }

  /** How many clients are remembered. */
  int size() {
    lock.lock();
    try {
      return counts.size() + exchanges.size();
    } finally {
      lock.unlock();
    }
  }

  private int count(Object network) {
    lock.lock();
    try {
      Count before = current(network);
      int failures =
          before.failures() == Integer.MAX_VALUE ? before.failures() : before.failures() + 1;
      counts.remove(network);
      counts.put(network, new Count(before.begin(), failures));
      if (counts.size() > MOST_CLIENTS) {
        counts.remove(counts.keySet().iterator().next());
      }
      return failures;
    } finally {
      lock.unlock();
    }
  }

  /** The count of the window that a client is in; a new one if its last has ended. */
  private Count current(Object network) {
    long now = clock.getAsLong();
    Count count = counts.get(network);
    return count == null || now - count.begin() >= window ? new Count(now, 0) : count;
  }
}
