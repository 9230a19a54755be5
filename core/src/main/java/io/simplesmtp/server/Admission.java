package io.simplesmtp.server;

import static io.simplesmtp.server.Limits.atLeast;

import java.time.Duration;

/**
 * How many clients are let in, and how often one of them may fail, over all sessions.
 *
 * <pre>{@code
 * Admission small = Admission.DEFAULT.withConnections(100).withConnectionsPerClient(10);
 * }</pre>
 *
 * <p>A client is an IPv4 address or an IPv6 /64 network, which one host can have for itself; a
 * client without an address, on a Unix-domain socket, counts only among all.
 *
 * <p>The server's admission holds for all its listeners together; a listener may have one of its
 * own, which holds there besides. Where TLS comes first, a connection over a bound is closed
 * without a word. Immutable and safe for use by any thread.
 *
 * @param connections open at a time; 421 in the place of the greeting to one more; 10,000
 * @param connectionsPerClient open at a time from one client; 421 in the place of the greeting to
 *     one more; 1,000
 * @param authFailuresPerClient AUTH commands of one client that got a 5xx reply within the window,
 *     or that it left before the reply, and those whose check is under way; 421 4.7.0 to one more
 *     AUTH; 100
 * @param authFailureWindow counted from a client's first failure; 10 minutes; more than zero, at
 *     most a day
 * @param authFailureDelay how long the reply to a client's first failure is held back, twice as
 *     long with each one more, up to eight times as long; 1 second; zero to a minute
 */
public record Admission(
    int connections,
    int connectionsPerClient,
    int authFailuresPerClient,
    Duration authFailureWindow,
    Duration authFailureDelay) {

  private static final Duration LONGEST_WINDOW = Duration.ofDays(1);
  private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);

  /** The defaults. */
  public static final Admission DEFAULT =
      new Admission(10_000, 1_000, 100, Duration.ofMinutes(10), Duration.ofSeconds(1));

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public Admission {
    atLeast(1, "connections", connections);
    atLeast(1, "connectionsPerClient", connectionsPerClient);
    atLeast(1, "authFailuresPerClient", authFailuresPerClient);
    if (!authFailureWindow.isPositive() || authFailureWindow.compareTo(LONGEST_WINDOW) > 0) {
      throw new IllegalArgumentException(
          "authFailureWindow is more than zero and at most a day: " + authFailureWindow);
    }
    if (authFailureDelay.isNegative() || authFailureDelay.compareTo(LONGEST_DELAY) > 0) {
      throw new IllegalArgumentException(
          "authFailureDelay is zero to a minute: " + authFailureDelay);
    }
  }

  /** This admission with another {@code connections}. */
  public Admission withConnections(int value) {
    return new Admission(
        value, connectionsPerClient, authFailuresPerClient, authFailureWindow, authFailureDelay);
  }

  /** This admission with another {@code connectionsPerClient}. */
  public Admission withConnectionsPerClient(int value) {
    return new Admission(
        connections, value, authFailuresPerClient, authFailureWindow, authFailureDelay);
  }

  /** This admission with another {@code authFailuresPerClient}. */
  public Admission withAuthFailuresPerClient(int value) {
    return new Admission(
        connections, connectionsPerClient, value, authFailureWindow, authFailureDelay);
  }

  /** This admission with another {@code authFailureWindow}. */
  public Admission withAuthFailureWindow(Duration value) {
    return new Admission(
        connections, connectionsPerClient, authFailuresPerClient, value, authFailureDelay);
  }

  /** This admission with another {@code authFailureDelay}. */
  public Admission withAuthFailureDelay(Duration value) {
    return new Admission(
        connections, connectionsPerClient, authFailuresPerClient, authFailureWindow, value);
  }
}
