package io.simplesmtp.app;

import io.simplesmtp.server.Admission;
import io.simplesmtp.server.Limits;
import io.simplesmtp.server.Timeouts;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The bounds of what a client can ask. */
final class LimitFlags {

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
      names = "--timeout",
      paramLabel = "DURATION",
      description =
          "How long a client may be silent, such as 60s, 5m or PT1M; 421 after it. Default: 5m"
              + " before a command, 1m within one, 3m in mail data. A TLS handshake has this time"
              + " too, but 30s at most; a session has 2h, or this time if it is longer.")
  @Nullable Duration timeout;

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

  Timeouts timeouts() {
    Timeouts timeouts = Timeouts.DEFAULT;
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
