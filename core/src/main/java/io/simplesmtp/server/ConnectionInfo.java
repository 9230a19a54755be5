package io.simplesmtp.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;

/**
 * The two ends of a client's connection.
 *
 * <p>Immutable and safe for use by any thread. The addresses carry no host names and no look-up is
 * made for them; ask {@link InetSocketAddress#getHostString()}, not {@code getHostName()}.
 *
 * @param client the client's address and port, or the address of a Unix-domain socket
 * @param server the local address and port that the client connected to
 * @param listener the listener that accepted the connection
 */
public record ConnectionInfo(SocketAddress client, SocketAddress server, Listener listener) {

  /** The client's IP address; empty on a Unix-domain socket. */
  public Optional<InetAddress> clientAddress() {
    return client instanceof InetSocketAddress inet
        ? Optional.ofNullable(inet.getAddress())
        : Optional.empty();
  }
}
