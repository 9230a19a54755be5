package io.simplesmtp.server;

import static io.simplesmtp.server.Limits.atLeast;

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
 */
public record Admission(int connections, int connectionsPerClient) {

  /** The defaults. */
  public static final Admission DEFAULT = new Admission(10_000, 1_000);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public Admission {
    atLeast(1, "connections", connections);
    atLeast(1, "connectionsPerClient", connectionsPerClient);
  }

  /** This admission with another {@code connections}. */
  public Admission withConnections(int value) {
    return new Admission(value, connectionsPerClient);
  }

  /** This admission with another {@code connectionsPerClient}. */
  public Admission withConnectionsPerClient(int value) {
    return new Admission(connections, value);
  }
}
