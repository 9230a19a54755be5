package io.simplesmtp.internal.session;

import io.simplesmtp.server.CloseCause;
import io.simplesmtp.server.Timeouts;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The moment until which a connection may go on with what it does, published by its own thread for
 * the one that watches over all of them.
 *
 * <p>The connection's thread moves the deadline before it blocks; any thread may look at it. Once
 * interrupted it cannot be moved back.
 */
public final class Deadline {

  /** How long a client has to take its last reply. */
  private static final long FAREWELL = TimeUnit.SECONDS.toNanos(5);

  private final long end;
  private volatile long at;
  private volatile boolean isWaiting;
  private volatile boolean isDraining;
  private volatile @Nullable CloseCause interruption;

  /** A session begins now. */
  public Deadline(Timeouts timeouts) {
    this.end = System.nanoTime() + nanos(timeouts.session());
    this.at = end;
  }

  /** Durations are at most a year, so this does not overflow. */
  static long nanos(Duration duration) {
    return duration.toNanos();
  }

  /** The connection may block until a moment on the clock of {@link System#nanoTime}. */
  public void set(long moment) {
    if (interruption == null) {
      at = moment - end < 0 ? moment : end;
      if (interruption != null) { // meanwhile, and the last word is the interruption's
        at = System.nanoTime() + FAREWELL;
      }
    }
  }

  /** The connection may go on until its session ends. */
  public void clear() {
    set(end);
  }

  /** Tells that the connection is about to wait for a command; false if it must not any more. */
  boolean beginWait() {
    isWaiting = true;
    if (isDraining) {
      interrupt(CloseCause.SHUTDOWN);
    }
    return interruption == null;
  }

  void endWait() {
    isWaiting = false;
  }

  /**
   * From now on the connection does not wait for another command.
   *
   * @return whether it is waiting for one, so that it must be woken
   */
  public boolean drain() {
    isDraining = true;
    if (isWaiting) {
      interrupt(CloseCause.SHUTDOWN);
      return true;
    }
    return false;
  }

  /** Ends the wait: what follows is the last reply, for which there are a few seconds. */
  public void interrupt(CloseCause cause) {
    if (interruption == null) {
      interruption = cause;
    }
    at = System.nanoTime() + FAREWELL;
  }

  /** Whether the moment has passed. */
  public boolean isPast(long now) {
    return now - at >= 0;
  }

  /** Why the connection must end, if it must. */
  public Optional<CloseCause> interruption() {
    return Optional.ofNullable(interruption);
  }
}
