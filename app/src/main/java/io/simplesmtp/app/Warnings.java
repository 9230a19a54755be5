package io.simplesmtp.app;

import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Warnings that clients can cause as often as they like: one a second is logged, with how many were
 * left out before it. Safe for use by any thread.
 */
final class Warnings {

  private static final long EACH = TimeUnit.SECONDS.toNanos(1);

  private final Consumer<String> log;
  private final AtomicLong due;
  private final AtomicLong leftOut = new AtomicLong();

  Warnings(System.Logger logger) {
    this(text -> logger.log(Level.WARNING, text), System.nanoTime());
  }

  /** None was logged yet at this time of {@link System#nanoTime}. */
  Warnings(Consumer<String> log, long now) {
    this.log = log;
    this.due = new AtomicLong(now);
  }

  void say(String text) {
    say(text, System.nanoTime());
  }

  void say(String text, long now) {
    long at = due.get();
    if (now - at < 0 || !due.compareAndSet(at, now + EACH)) {
      leftOut.incrementAndGet();
      return;
    }
    long before = leftOut.getAndSet(0);
    log.accept(before == 0 ? text : text + " (" + before + " more warnings before it)");
  }
}
