package io.simplesmtp.app.load;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Hands out the numbers of the messages, each when it is due. With an interval between them, a
 * message is due at a moment that does not depend on how fast the ones before it were, so that a
 * slow server cannot hide by slowing down those who measure it. Safe for use by any thread.
 */
final class Schedule {

  /** There is no message, or none yet. */
  static final long NONE = -1;

  private final Pace pace;
  private final AtomicLong taken = new AtomicLong();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile long start;
  private volatile long end = Long.MAX_VALUE; // from the start, as what follows

  Schedule(Pace pace) {
    this.pace = pace;
  }

  /** From now on messages are due. */
  void start() {
    start = System.nanoTime();
    pace.duration().ifPresent(duration -> end = duration.toNanos());
  }

  /** From now on none is. */
  void stop() {
    stopped.countDown();
  }

  boolean isStopped() {
    return stopped.getCount() == 0;
  }

  /** Takes the next message when it is due; blocks until then. */
  long next() throws InterruptedException {
    long number = taken.get();
    do {
      number = taken.get();
      if (isStopped() || number >= pace.messages() || Math.max(elapsed(), due(number)) >= end) {
        return NONE;
      }
    } while (!taken.compareAndSet(number, number + 1));
    long wait = due(number) - elapsed();
    return wait > 0 && pause(wait) ? NONE : number;
  }

  /** Takes the next message if it is due already. */
  long nextIfDue() {
    long number = taken.get();
    boolean isDue =
        !isStopped()
            && number < pace.messages()
            && due(number) <= elapsed()
            && elapsed() < end
            && taken.compareAndSet(number, number + 1);
    return isDue ? number : NONE;
  }

  /** When a message begins to take time: when it was due, or now if it is due at any time. */
  long beginning(long number) {
    return pace.interval() > 0 ? start + due(number) : System.nanoTime();
  }

  /** Waits, but not beyond the end; whether that has come. */
  boolean pause(long nanos) throws InterruptedException {
    return stopped.await(nanos, TimeUnit.NANOSECONDS);
  }

  /** Nanoseconds since the start. */
  long elapsed() {
    return System.nanoTime() - start;
  }

  /** How many messages have been due until now; 0 if they are due at any time. */
  long due() {
    if (pace.interval() == 0) {
      return 0;
    }
    double passed = Math.min(elapsed(), end) / pace.interval();
    return Math.min(pace.messages(), (long) Math.ceil(passed));
  }

  private long due(long number) {
    return (long) (number * pace.interval());
  }
}
