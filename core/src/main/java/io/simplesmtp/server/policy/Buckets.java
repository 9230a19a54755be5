package io.simplesmtp.server.policy;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Token buckets by key, in bounded memory.
 *
 * <p>A bucket that nobody took from for the whole time is full again, so forgetting it changes
 * nothing. The one that was used longest ago stands first; it goes when its time is over. While all
 * places are taken keys without a bucket share one.
 *
 * <p>Safe for use by any thread.
 */
final class Buckets {

  /** The most buckets that are held, besides the shared one. */
  static final int MOST = 65_536;

  private static final int MOST_TOKENS = 1_000_000;
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofDays(366);

  /** Counts in nanoseconds of the time that its tokens need to come back. */
  private static final class Bucket {
    private long owed;
    private long at;

    Bucket(long at) {
      this.at = at;
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Bucket> byKey = new LinkedHashMap<>(16, 0.75f, true);
  private final Bucket shared;
  private final long token;
  private final long full;
  private final int most;
  private final LongSupplier clock;

  /**
   * Makes all buckets full.
   *
   * @param tokens how many a full bucket has
   * @param per how long an empty one takes to be full
   * @param most how many are held
   * @param clock nanoseconds that only go forward
   */
  Buckets(int tokens, Duration per, int most, LongSupplier clock) {
    if (tokens < 1 || tokens > MOST_TOKENS) {
      throw new IllegalArgumentException("A rate has 1 to " + MOST_TOKENS + " messages");
    }
    if (per.compareTo(SHORTEST) < 0 || per.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("A rate is for a millisecond to a year");
    }
    this.token = per.toNanos() / tokens;
    this.full = token * tokens;
    this.most = most;
    this.clock = clock;
    this.shared = new Bucket(clock.getAsLong());
  }

  /** Takes a token, if there is one. */
  boolean take(String key) {
    lock.lock();
    try {
      long now = clock.getAsLong();
      Bucket bucket = bucket(key, now);
      bucket.owed = Math.max(0, bucket.owed - (now - bucket.at));
      bucket.at = now;
      boolean isLeft = bucket.owed <= full - token;
      bucket.owed += isLeft ? token : 0;
      return isLeft;
    } finally {
      lock.unlock();
    }
  }

  /** How many buckets are held now. */
  int size() {
    lock.lock();
    try {
      return byKey.size();
    } finally {
      lock.unlock();
    }
  }

  private Bucket bucket(String key, long now) {
    Bucket known = byKey.get(key);
    if (known != null) {
      return known;
    }
    Iterator<Bucket> oldest = byKey.values().iterator();
    while (oldest.hasNext() && now - oldest.next().at >= full) {
      oldest.remove();
    }
    if (byKey.size() >= most) {
      return shared;
    }
    Bucket fresh = new Bucket(now);
    byKey.put(key, fresh);
    return fresh;
  }
}
