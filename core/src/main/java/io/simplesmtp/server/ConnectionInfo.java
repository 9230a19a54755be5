package io.simplesmtp.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;

/**
 * The two ends of a client's connection.
 *
 * <pre>{@code
 * ConnectionInfo connection = session.connection();
 * Optional<String> name = connection.proxied().flatMap(Proxied::authority);
 * System.out.println(connection.client() + " asked for " + name.orElse("nobody"));
 * }</pre>
 *
 * <p>Immutable and safe for use by any thread. The addresses carry no host names and no look-up is
 * made for them; ask {@link InetSocketAddress#getHostString()}, not {@code getHostName()}.
 *
 * @param client the client's address and port, or the address of a Unix-domain socket; behind a
 *     trusted proxy or after XCLIENT that of the client that was told, which is unresolved if its
 *     address is not known
 * @param server the local address and port that the client connected to; behind a trusted proxy
 *     those at the proxy
 * @param listener the listener that accepted the connection
 * @param proxied what a trusted proxy told, and where the connection really came from
 * @param xclient what a trusted host told with XCLIENT, up to now
 * @param xforward what a trusted host told with XFORWARD of this transaction, or of the next one
 */
public record ConnectionInfo(
    SocketAddress client,
    SocketAddress server,
    Listener listener,
    Optional<Proxied> proxied,
    Optional<XClient> xclient,
    Optional<XForward> xforward) {

  /** A client that stands behind nobody. */
  public ConnectionInfo(SocketAddress client, SocketAddress server, Listener listener) {
    this(client, server, listener, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** The client's IP address; empty on a Unix-domain socket, and if it is not known. */
  public Optional<InetAddress> clientAddress() {
    return client instanceof InetSocketAddress inet
        ? Optional.ofNullable(inet.getAddress())
        : Optional.empty();
  }
}
