package io.simplesmtp.app;

import io.simplesmtp.server.Admission;
import io.simplesmtp.server.Limits;
import io.simplesmtp.server.SmtpPolicy;
import io.simplesmtp.server.SmtpServer;
import io.simplesmtp.server.Timeouts;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The bounds of what a client can ask. */
final class LimitFlags {

  private static final Duration LONGEST_DELAY = Duration.ofMinutes(5);

  @Option(
      names = "--max-size",
      paramLabel = "BYTES",
      description =
          "The biggest message, in octets or as 500K, 25M, 1G; announced to clients, 552 past it."
              + " Default: 25M.")
  @Nullable Long size;

  @Option(
      names = "--max-recipients",
      paramLabel = "N",
      description = "Recipients of a message; 452 to one more. Default: 1000.")
  @Nullable Integer recipients;

  @Option(
      names = "--max-connections",
      paramLabel = "N",
      description = "Connections at a time; 421 to one more. Default: 10000.")
  @Nullable Integer connections;

  @Option(
      names = "--max-connections-per-client",
      paramLabel = "N",
      description =
          "Connections at a time from one IPv4 address or IPv6 /64; 421 to one more."
              + " Default: 1000.")
  @Nullable Integer connectionsPerClient;

  @Option(
      names = "--memory",
      paramLabel = "BYTES",
      description =
          "What all clients together may have the server keep, also as 500K, 25M, 1G; past it 421"
              + " to a new client, 452 to MAIL and RCPT. Default: half of the heap.")
  @Nullable Long memory;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      description =
          "How long a client may be silent, such as 60s, 5m or PT1M; 421 after it. Default: 5m"
              + " before a command, 1m within one, 3m in mail data. A TLS handshake has this time"
              + " too, but 30s at most; a session has 2h, or this time if it is longer.")
  @Nullable Duration timeout;

  @Option(
      names = "--greet-delay",
      paramLabel = "DURATION",
      description =
          "What a client waits for its greeting, at most 5m; who speaks within it is cut with 421.")
  @Nullable Duration greetDelay;

  @Option(
      names = "--rate",
      paramLabel = "N/DURATION",
      description =
          "Messages of each user, and of each client that has not authenticated, such as 100/1h;"
              + " 451 to one more.")
  @Nullable Rate rate;

  /** Says what is wrong with the flags. */
  void check() {
    if (greetDelay != null && greetDelay.compareTo(LONGEST_DELAY) > 0) {
      throw ProgramException.usage("--greet-delay is at most 5m, as clients wait no longer");
    }
  }

  /** Sets what these flags bound. */
  void bound(SmtpServer.Builder builder) {
    builder.limits(limits()).admission(admission()).timeouts(timeouts());
    builder.policies(policies().toArray(SmtpPolicy[]::new));
    if (memory != null) {
      builder.memory(memory);
    }
  }

  Limits limits() {
    Limits limits = Limits.DEFAULT;
    limits = size == null ? limits : limits.withMessageSize(size);
    return recipients == null ? limits : limits.withRecipients(recipients);
  }

  Admission admission() {
    Admission admission = Admission.DEFAULT;
    admission = connections == null ? admission : admission.withConnections(connections);
    return connectionsPerClient == null
        ? admission
        : admission.withConnectionsPerClient(connectionsPerClient);
  }

  /** The bounds of messages in a time. */
  private List<SmtpPolicy> policies() {
    return rate == null ? List.of() : rate.policies();
  }

  Timeouts timeouts() {
    Timeouts timeouts = Timeouts.DEFAULT;
    timeouts = greetDelay == null ? timeouts : timeouts.withGreetingDelay(greetDelay);
    return timeout == null
        ? timeouts
        : timeouts
            .withIdle(timeout)
            .withCommand(timeout)
            .withDataBlock(timeout)
            .withHandshake(Collections.min(List.of(timeout, timeouts.handshake())))
            .withSession(Collections.max(List.of(timeout, timeouts.session())));
  }
}
