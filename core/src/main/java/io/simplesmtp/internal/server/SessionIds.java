package io.simplesmtp.internal.server;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Names for sessions, unique over restarts and servers: the time of the start, a random number, and
 * a counter. They are no secrets, so the number need not be hard to foresee, and the first server
 * of a process starts without a look for the providers of such ones.
 */
final class SessionIds {

  private static final int RADIX = Character.MAX_RADIX;
  private static final int RANDOM_BOUND = RADIX * RADIX * RADIX * RADIX;

  private final String prefix =
      Long.toString(System.currentTimeMillis(), RADIX)
          + Integer.toString(ThreadLocalRandom.current().nextInt(RANDOM_BOUND), RADIX)
          + "-";
  private final AtomicLong counter = new AtomicLong();

  String next() {
    return prefix + Long.toString(counter.incrementAndGet(), RADIX);
  }
}
