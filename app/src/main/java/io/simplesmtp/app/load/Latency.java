package io.simplesmtp.app.load;

import org.HdrHistogram.Histogram;

/** How long something took, in microseconds, to three digits. All are 0 if it never happened. */
public record Latency(
    long count, long min, double mean, long p50, long p90, long p99, long p999, long max) {

  static Latency of(Histogram recorded) {
    Histogram histogram = recorded.copy();
    if (histogram.getTotalCount() == 0) {
      return new Latency(0, 0, 0, 0, 0, 0, 0, 0);
    }
    return new Latency(
        histogram.getTotalCount(),
        histogram.getMinValue(),
        histogram.getMean(),
        histogram.getValueAtPercentile(50),
        histogram.getValueAtPercentile(90),
        histogram.getValueAtPercentile(99),
        histogram.getValueAtPercentile(99.9),
        histogram.getMaxValue());
  }
}
