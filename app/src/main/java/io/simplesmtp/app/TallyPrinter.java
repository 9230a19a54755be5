package io.simplesmtp.app;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Prints once a second what a tally counted: on a terminal on one line that changes, elsewhere on a
 * line of its own while there is something to tell.
 */
final class TallyPrinter {

  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final String ERASE = "\r\u001b[K";

  private final Tally tally;
  private final PrintStream out;
  private final boolean isTerminal;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("tally").factory());
  private long moment = System.nanoTime();
  private long messages;
  private long octets;

  TallyPrinter(Tally tally, PrintStream out, boolean isTerminal) {
    this.tally = tally;
    this.out = out;
    this.isTerminal = isTerminal;
  }

  void start() {
    var unused = clock.scheduleAtFixedRate(() -> print(System.nanoTime()), 1, 1, TimeUnit.SECONDS);
  }

  /** Prints the sums; the last thing that is printed. */
  void stop() {
    clock.shutdown();
    try {
      if (!clock.awaitTermination(1, TimeUnit.SECONDS)) {
        return; // nobody takes what is printed
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    out.println(
        (isTerminal ? ERASE : "")
            + String.format(
                Locale.ROOT, "%,d messages, %,d octets in all", tally.messages(), tally.octets()));
  }

  /** Prints what has come since the last time; one thread at a time. */
  void print(long now) {
    long moreMessages = tally.messages() - messages;
    long moreOctets = tally.octets() - octets;
    double seconds = Math.max(now - moment, 1) / NANOS;
    moment = now;
    messages += moreMessages;
    octets += moreOctets;
    if (!isTerminal && moreMessages == 0 && moreOctets == 0) {
      return;
    }
    String line =
        String.format(
            Locale.ROOT,
            "%,.0f messages/s, %,.0f octets/s, %,d messages in all",
            moreMessages / seconds,
            moreOctets / seconds,
            messages);
    if (isTerminal) {
      out.print(ERASE + line);
      out.flush();
    } else {
      out.println(line);
    }
  }
}
