package io.simplesmtp.server;

import java.net.InetSocketAddress;

/**
 * The two ends of a client's connection.
 *
 * <p>Immutable and safe for use by any thread. The addresses carry no host names and no look-up is
 * made for them; ask {@link InetSocketAddress#getHostString()}, not {@code getHostName()}.
 *
 * @param client the client's address and port
 * @param server the local address and port that the client connected to
 * @param listener the listener that accepted the connection
 */
public record ConnectionInfo(
    InetSocketAddress client, InetSocketAddress server, Listener listener) {}
