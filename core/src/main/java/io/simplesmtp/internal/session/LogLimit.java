package io.simplesmtp.internal.session;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps what clients can cause from flooding a log: so many lines at once, then so many a second.
 * What is left out is counted, and told with the next line. Safe for use by any thread.
 */
public final class LogLimit {

  private final ReentrantLock lock = new ReentrantLock();
  private final long each;
  private final long slack;
  private long due;
  private long leftOut;

  /**
   * Nothing was logged yet.
   *
   * @param burst lines at once
   * @param perSecond lines a second behind them
   * @param now the time by {@link System#nanoTime}
   */
  public LogLimit(int burst, int perSecond, long now) {
    this.each = TimeUnit.SECONDS.toNanos(1) / perSecond;
    this.slack = (burst - 1) * each;
    this.due = now;
  }

  /** Whether a line may be logged now: how many were left out before it, or empty. */
  public OptionalLong next(long now) {
    lock.lock();
    try {
      if (due - now > slack) {
        leftOut++;
        return OptionalLong.empty();
      }
      due = Math.max(due - now, 0) + now + each;
      long before = leftOut;
      leftOut = 0;
      return OptionalLong.of(before);
    } finally {
      lock.unlock();
    }
  }
}
