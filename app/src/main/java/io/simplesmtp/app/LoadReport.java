package io.simplesmtp.app;

import io.simplesmtp.app.load.Latency;
import io.simplesmtp.app.load.Plan;
import io.simplesmtp.app.load.Result;
import java.io.PrintStream;
import java.util.Locale;
import java.util.stream.Collectors;

/** The result of a load, for people. */
final class LoadReport {

  /** How many kinds of errors are printed. */
  static final int MOST_FAULTS = 10;

  private static final double NANOS = 1e9;
  private static final double MICROS = 1e3;
  private static final double MEGA = 1e6;

  private LoadReport() {}

  static void print(PrintStream out, Plan plan, Result result) {
    Result.Messages messages = result.messages();
    out.println(
        format(
                "%,d messages of %,d octets accepted by %s, %,d failed, in %.2f s",
                messages.accepted(),
                plan.mail().size(),
                Plain.of(plan.target().text()),
                messages.failed(),
                result.nanos() / NANOS)
            + (result.isStopped() ? ", ended early" : ""));
    out.println(
        format(
            "%,.0f messages/s, %,.1f MB/s, over %,d connections in %,d sessions",
            result.messagesPerSecond(),
            messages.octets() * NANOS / MEGA / Math.max(result.nanos(), 1),
            result.connections(),
            plan.pace().sessions()));
    printTroubles(out, result);
    out.println();
    out.println(
        "milliseconds       min      mean       p50       p90       p99     p99.9       max");
    print(out, "message", result.latency());
    print(out, "connection", result.connecting());
    out.println();
    out.println(
        result.replies().entrySet().stream()
            .map(e -> format("%d: %,d", e.getKey(), e.getValue()))
            .collect(Collectors.joining(", ", "Replies  ", "")));
    printFaults(out, result);
  }

  private static void printTroubles(PrintStream out, Result result) {
    if (result.messages().refusedRecipients() > 0) {
      out.println(format("%,d recipients refused", result.messages().refusedRecipients()));
    }
    if (result.failedConnections() > 0) {
      out.println(format("%,d connections failed", result.failedConnections()));
    }
    if (result.messages().unsent() > 0) {
      out.println(
          format(
              "%,d messages were due and not begun: too few sessions for this rate",
              result.messages().unsent()));
    }
  }

  private static void print(PrintStream out, String name, Latency latency) {
    out.println(
        format(
            "%-12s%10.3f%10.3f%10.3f%10.3f%10.3f%10.3f%10.3f",
            name,
            latency.min() / MICROS,
            latency.mean() / MICROS,
            latency.p50() / MICROS,
            latency.p90() / MICROS,
            latency.p99() / MICROS,
            latency.p999() / MICROS,
            latency.max() / MICROS));
  }

  private static void printFaults(PrintStream out, Result result) {
    if (result.faults().isEmpty()) {
      return;
    }
    out.println("Errors");
    result.faults().stream()
        .limit(MOST_FAULTS)
        .forEach(fault -> out.println(format("%,9d  %s", fault.count(), Plain.of(fault.text()))));
    long others =
        result.otherFaults()
            + result.faults().stream().skip(MOST_FAULTS).mapToLong(Result.Fault::count).sum();
    if (others > 0) {
      out.println(format("%,9d  of other kinds", others));
    }
  }

  @SuppressWarnings("AnnotateFormatMethod") // one that is private and used with constants
  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
