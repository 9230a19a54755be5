package io.simplesmtp.app.load;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** What all sessions count. Safe for use by any thread. */
final class Totals {

  /** How many kinds of errors are told apart; a server may write another text each time. */
  static final int MOST_KINDS = 100;

  private static final int MOST_TEXT = 200;
  private static final long LONGEST_MICROS = TimeUnit.HOURS.toMicros(1);
  private static final int DIGITS = 3;

  final ReplyCounts replies = new ReplyCounts();
  final LongAdder accepted = new LongAdder();
  final LongAdder failed = new LongAdder();
  final LongAdder refusedRecipients = new LongAdder();
  final LongAdder connections = new LongAdder();
  final LongAdder failedConnections = new LongAdder();
  final LongAdder otherErrors = new LongAdder();
  final Histogram latency = new ConcurrentHistogram(1, LONGEST_MICROS, DIGITS);
  final Histogram connecting = new ConcurrentHistogram(1, LONGEST_MICROS, DIGITS);
  private final Map<String, LongAdder> errors = new ConcurrentHashMap<>();

  void accepted(long nanos) {
    accepted.increment();
    record(latency, nanos);
  }

  void connected(long nanos) {
    connections.increment();
    record(connecting, nanos);
  }

  void failed(String reason) {
    failed.increment();
    error(reason);
  }

  void recipientRefused(String reason) {
    refusedRecipients.increment();
    error(reason);
  }

  /** The errors that are told apart, and how often each was met. */
  Map<String, LongAdder> errors() {
    return errors;
  }

  private void error(String reason) {
    String kind = reason.length() > MOST_TEXT ? reason.substring(0, MOST_TEXT) + "..." : reason;
    LongAdder known = errors.get(kind);
    if (known == null && errors.size() >= MOST_KINDS) {
      otherErrors.increment();
    } else {
      errors.computeIfAbsent(kind, unused -> new LongAdder()).increment();
    }
  }

  private static void record(Histogram histogram, long nanos) {
    long micros = TimeUnit.NANOSECONDS.toMicros(nanos);
    histogram.recordValue(Math.min(Math.max(micros, 0), LONGEST_MICROS));
  }
}
