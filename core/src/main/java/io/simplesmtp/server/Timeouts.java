package io.simplesmtp.server;

import java.time.Duration;

/**
 * How long a server waits for its clients, and how long it lets them wait. Past a bound the client
 * gets 421 4.4.2 where it can still hear it, and the connection is closed. All durations are
 * positive and at most 365 days, but for the two delays.
 *
 * <pre>{@code
 * Timeouts patient = Timeouts.DEFAULT.withIdle(Duration.ofMinutes(10));
 * }</pre>
 *
 * <p>The time that a handler takes counts only towards {@code session}.
 *
 * <p>Immutable and safe for use by any thread.
 *
 * @param idle without any octet of a next command, or of a SASL response; also the longest wait for
 *     a client to take a reply; 5 minutes (RFC 5321 section 4.5.3.2.7)
 * @param command from the first octet of a line to its end; 1 minute
 * @param dataBlock without any octet of mail data; 3 minutes (RFC 5321 section 4.5.3.2.5)
 * @param session from connect to close; 2 hours
 * @param handshake for a TLS handshake as a whole, and before it for the PROXY header of a trusted
 *     proxy; 30 seconds
 * @param minimumRate octets a second of mail data, on the average of the time that the server
 *     waited for it, judged once the first {@code dataBlock} has passed; 100; at least 1
 * @param greetingDelay what a client waits for its greeting; who speaks within it is cut with 421;
 *     none, at most 5 minutes, as clients wait no longer (RFC 5321 section 4.5.3.2.1)
 * @param errorDelay what a client waits for each 4xx or 5xx reply that does not close; none, at
 *     most 5 minutes
 */
public record Timeouts(
    Duration idle,
    Duration command,
    Duration dataBlock,
    Duration session,
    Duration handshake,
    int minimumRate,
    Duration greetingDelay,
    Duration errorDelay) {

  private static final Duration MAX = Duration.ofDays(365);
  private static final Duration MAX_DELAY = Duration.ofMinutes(5);

  /** The defaults. */
  public static final Timeouts DEFAULT =
      new Timeouts(
          Duration.ofMinutes(5),
          Duration.ofMinutes(1),
          Duration.ofMinutes(3),
          Duration.ofHours(2),
          Duration.ofSeconds(30),
          100,
          Duration.ZERO,
          Duration.ZERO);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public Timeouts {
    check("idle", idle);
    check("command", command);
    check("dataBlock", dataBlock);
    check("session", session);
    check("handshake", handshake);
    checkDelay("greetingDelay", greetingDelay);
    checkDelay("errorDelay", errorDelay);
    if (minimumRate < 1) {
      throw new IllegalArgumentException("minimumRate is at least 1: " + minimumRate);
    }
  }

  /** These timeouts with another {@code idle}. */
  public Timeouts withIdle(Duration value) {
    return new Timeouts(
        value, command, dataBlock, session, handshake, minimumRate, greetingDelay, errorDelay);
  }

  /** These timeouts with another {@code command}. */
  public Timeouts withCommand(Duration value) {
    return new Timeouts(
        idle, value, dataBlock, session, handshake, minimumRate, greetingDelay, errorDelay);
  }

  /** These timeouts with another {@code dataBlock}. */
  public Timeouts withDataBlock(Duration value) {
    return new Timeouts(
        idle, command, value, session, handshake, minimumRate, greetingDelay, errorDelay);
  }

  /** These timeouts with another {@code session}. */
  public Timeouts withSession(Duration value) {
    return new Timeouts(
        idle, command, dataBlock, value, handshake, minimumRate, greetingDelay, errorDelay);
  }

  /** These timeouts with another {@code handshake}. */
  public Timeouts withHandshake(Duration value) {
    return new Timeouts(
        idle, command, dataBlock, session, value, minimumRate, greetingDelay, errorDelay);
  }

  /** These timeouts with another {@code minimumRate}. */
  public Timeouts withMinimumRate(int value) {
    return new Timeouts(
        idle, command, dataBlock, session, handshake, value, greetingDelay, errorDelay);
  }

  /** These timeouts with another {@code greetingDelay}. */
  public Timeouts withGreetingDelay(Duration value) {
    return new Timeouts(
        idle, command, dataBlock, session, handshake, minimumRate, value, errorDelay);
  }

  /** These timeouts with another {@code errorDelay}. */
  public Timeouts withErrorDelay(Duration value) {
    return new Timeouts(
        idle, command, dataBlock, session, handshake, minimumRate, greetingDelay, value);
  }

  private static void checkDelay(String name, Duration value) {
    if (value.isNegative() || value.compareTo(MAX_DELAY) > 0) {
      throw new IllegalArgumentException(name + " is 0 to 5 minutes: " + value);
    }
  }

  private static void check(String name, Duration value) {
    if (value.isNegative() || value.isZero() || value.compareTo(MAX) > 0) {
      throw new IllegalArgumentException(name + " is positive and at most 365 days: " + value);
    }
  }
}
