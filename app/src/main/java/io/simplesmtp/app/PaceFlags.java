package io.simplesmtp.app;

import io.simplesmtp.app.load.Pace;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How much a load sends, and how fast. */
final class PaceFlags {

  private static final int MOST_SESSIONS = 100_000;

  @Option(
      names = "--sessions",
      paramLabel = "N",
      description = "Sessions at a time, each with a connection of its own. Default: 1.")
  @Nullable Integer sessions;

  @Option(
      names = "--messages",
      paramLabel = "N",
      description = "Messages in all. Default: 1, or any number with --duration.")
  @Nullable Integer messages;

  @Option(
      names = "--duration",
      paramLabel = "DURATION",
      description = "Begin no message after this time, such as 30s or 5m.")
  @Nullable Duration duration;

  @Option(
      names = "--rate",
      paramLabel = "N/DURATION",
      description =
          "Begin so many messages evenly in this time, such as 500/1s. The time of a message then"
              + " counts from when it was due, not from when a session was free for it. Default:"
              + " as fast as the replies come.")
  @Nullable Rate rate;

  @Option(
      names = "--messages-per-connection",
      paramLabel = "N",
      description = "Open another connection after so many messages. Default: keep it.")
  @Nullable Integer perConnection;

  Pace pace() {
    int chosen = sessions == null ? 1 : sessions;
    if (chosen > MOST_SESSIONS) {
      throw ProgramException.usage("--sessions is at most " + MOST_SESSIONS);
    }
    long number = messages == null ? (duration == null ? 1 : Long.MAX_VALUE) : messages;
    return new Pace(
        (int) Math.min(chosen, number),
        number,
        Optional.ofNullable(duration),
        rate == null ? 0 : (double) rate.per().toNanos() / rate.messages(),
        perConnection == null ? Long.MAX_VALUE : perConnection);
  }
}
