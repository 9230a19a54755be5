package io.simplesmtp.app.load;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** How often each reply code was heard. Safe for use by any thread. */
final class ReplyCounts {

  private static final int CODES = 600;

  private final LongAdder[] counts = new LongAdder[CODES];

  ReplyCounts() {
    for (int i = 0; i < CODES; i++) {
      counts[i] = new LongAdder();
    }
  }

  /** Counts a code of 200 to 599. */
  void add(int code) {
    counts[code].increment();
  }

  /** The codes that were heard. */
  SortedMap<Integer, Long> heard() {
    SortedMap<Integer, Long> heard = new TreeMap<>();
    for (int code = 0; code < CODES; code++) {
      long count = counts[code].sum();
      if (count > 0) {
        heard.put(code, count);
      }
    }
    return heard;
  }
}
