package io.simplesmtp.app.load;

import java.io.Closeable;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Closes what has waited too long. One thread looks at all deadlines ten times a second, as a timer
 * for each wait would cost more than the wait. Safe for use by any thread.
 */
final class Watch implements AutoCloseable {

  private static final int PERIOD_MILLIS = 100;

  private final Set<Guard> guards = ConcurrentHashMap.newKeySet();
  private final long patience;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("load-watch").factory());
  private volatile boolean isOver;

  /**
   * Starts the thread.
   *
   * @param patience how long each wait may last, in nanoseconds
   */
  Watch(long patience) {
    this.patience = patience;
    var unused =
        clock.scheduleAtFixedRate(this::look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Guards something until the guard is closed. */
  Guard guard(Closeable guarded) {
    Guard guard = new Guard(guarded);
    guards.add(guard);
    if (isOver) {
      guard.cut();
    }
    return guard;
  }

  /** Closes everything after some nanoseconds. */
  void cutAll(long delay) {
    var unused =
        clock.schedule(
            () -> {
              isOver = true;
              guards.forEach(Guard::cut);
            },
            delay,
            TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }

  private void look() {
    long now = System.nanoTime();
    for (Guard guard : guards) {
      if (guard.isWaiting && now - guard.since > patience) {
        guard.isLate = true;
        guard.cut();
      }
    }
  }

  /** The deadline of one connection, which its thread keeps up to date. */
  final class Guard implements Closeable {

    private final Closeable guarded;
    private volatile boolean isWaiting;
    private volatile boolean isLate;
    private long since; // published by isWaiting

    private Guard(Closeable guarded) {
      this.guarded = guarded;
    }

    /** From now on time counts. */
    void begin() {
      since = System.nanoTime();
      isWaiting = true;
    }

    void end() {
      isWaiting = false;
    }

    /** Says why the connection ended, if it was by a deadline or by the end of the run. */
    IOException reason(IOException other) {
      if (isLate) {
        return new IOException("no answer in time", other);
      }
      return isOver ? new IOException("cut at the end of the run", other) : other;
    }

    @Override
    public void close() {
      guards.remove(this);
      cut();
    }

    private void cut() {
      try {
        guarded.close();
      } catch (IOException e) {
        // It is closed for all that matters.
      }
    }
  }
}
