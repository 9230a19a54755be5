package io.simplesmtp.internal.session;

import io.simplesmtp.server.Activity;
import io.simplesmtp.server.CloseCause;
import io.simplesmtp.server.Session;
import io.simplesmtp.server.SessionSnapshot;
import io.simplesmtp.server.Timeouts;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What a connection does and the moment until which it may go on with that, published by its own
 * thread for the one that watches over all of them.
 *
 * <p>A wait for the client and its interruption exclude each other: either the wait is over first,
 * and what was read is acted upon, or it is interrupted, and what was read is dropped. Once
 * interrupted the connection has a few seconds for its last reply, and cannot go back. Safe for use
 * by any thread.
 */
public final class Deadline {

  /** What must be done about a connection. */
  public enum Due {
    NOTHING,
    /** Its wait must end, so that it says its last words. */
    WAKE,
    /** The time for them is over. */
    CUT
  }

  /** How long a client has to take its last reply. */
  private static final long FAREWELL = TimeUnit.SECONDS.toNanos(5);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition interrupted = lock.newCondition();
  private final long begin;
  private final long end;
  private volatile long at;
  private volatile @Nullable CloseCause interruption;
  private Activity activity = Activity.HANDSHAKE;
  private long since;
  private boolean isIdle;
  private boolean isDraining;

  /** A session begins now. */
  public Deadline(Timeouts timeouts) {
    this.begin = System.nanoTime();
    this.since = begin;
    this.end = begin + nanos(timeouts.session());
    this.at = end;
  }

  /** Durations are at most a year, so this does not overflow. */
  static long nanos(Duration duration) {
    return duration.toNanos();
  }

  /**
   * The connection may block until a moment.
   *
   * @param next what it does there
   * @param now the time by {@link System#nanoTime}, to which the moment is {@code limit} later
   */
  public void set(Activity next, long now, long limit) {
    lock.lock();
    try {
      if (interruption == null) {
        activity = next;
        since = now;
        at = now + limit - end < 0 ? now + limit : end;
      }
    } finally {
      lock.unlock();
    }
  }

  /** The connection may go on until its session ends. */
  public void clear() {
    long now = System.nanoTime();
    set(Activity.HANDLER, now, end - now);
  }

  /** The connection is about to wait for the client; false if it must not. See {@link #set}. */
  public boolean beginWait(Activity next, long now, long limit) {
    lock.lock();
    try {
      boolean isForNothing = next != Activity.DATA;
      if (isForNothing && isDraining) {
        interrupt(CloseCause.SHUTDOWN);
      }
      if (interruption != null) {
        return false;
      }
      set(next, now, limit);
      isIdle = isForNothing;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** The wait is over; false if it was interrupted, so that what was read must not count. */
  public boolean endWait() {
    lock.lock();
    try {
      isIdle = false;
      clear();
      return interruption == null;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets time pass, as much as is asked for, but not past the end of the session nor into a
   * shutdown; blocks.
   *
   * @return false if the session must end
   */
  boolean pause(Duration duration) {
    lock.lock();
    try {
      long now = System.nanoTime();
      if (!beginWait(Activity.DELAY, now, end - now)) {
        return false;
      }
      long left = nanos(duration);
      while (left > 0 && interruption == null) {
        left = interrupted.awaitNanos(left);
      }
      return endWait();
    } catch (InterruptedException e) { // the connection is cut
      return endWait();
    } finally {
      lock.unlock();
    }
  }

  /**
   * From now on the connection does not wait for anything but mail data.
   *
   * @return whether it was waiting for something else, so that it must be woken
   */
  public boolean drain() {
    lock.lock();
    try {
      isDraining = true;
      if (!isIdle || interruption != null) {
        return false;
      }
      interrupt(CloseCause.SHUTDOWN);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Ends what is past its moment, and says what that asks for: a wake before a cut, and once. */
  public Due due(long now) {
    if (!isPast(now)) {
      return Due.NOTHING;
    }
    lock.lock();
    try {
      if (!isPast(now)) {
        return Due.NOTHING;
      }
      if (interruption != null) {
        return Due.CUT;
      }
      interrupt(CloseCause.TIMEOUT);
      return Due.WAKE;
    } finally {
      lock.unlock();
    }
  }

  /** What follows is the last reply, for which there are a few seconds from now on. */
  public void interrupt(CloseCause cause) {
    lock.lock();
    try {
      if (interruption == null) {
        interruption = cause;
        since = System.nanoTime();
        interrupted.signalAll();
      }
      at = System.nanoTime() + FAREWELL;
    } finally {
      lock.unlock();
    }
  }

  /** Whether the moment has passed. */
  boolean isPast(long now) {
    return now - at >= 0;
  }

  /** What the connection does just now. */
  public SessionSnapshot snapshot(Session session) {
    lock.lock();
    try {
      long now = System.nanoTime();
      return new SessionSnapshot(
          session,
          interruption == null ? activity : Activity.CLOSING,
          Duration.ofNanos(now - since),
          Duration.ofNanos(now - begin));
    } finally {
      lock.unlock();
    }
  }

  /** Why the connection must end, if it must. */
  public Optional<CloseCause> interruption() {
    return Optional.ofNullable(interruption);
  }
}
