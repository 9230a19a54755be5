package io.simplesmtp.internal.server;

import io.simplesmtp.Reply;
import io.simplesmtp.internal.protocol.Replies;
import io.simplesmtp.server.Limits;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the open connections, in all and for each client. Safe for use by any thread.
 *
 * <p>A client is an IPv4 address or the /64 network of an IPv6 one, which one host can have for
 * itself.
 */
public final class Gate {

  private final int most;
  private final int mostPerClient;
  private final AtomicInteger open = new AtomicInteger();
  private final Map<Object, Integer> openPerClient = new ConcurrentHashMap<>();

  /** Begins with no connection. */
  public Gate(Limits limits) {
    this.most = limits.connections();
    this.mostPerClient = limits.connectionsPerClient();
  }

  /** Counts a connection in; if it must not come in, it is not counted and gets a reply. */
  Optional<Reply> enter(InetAddress client) {
    if (open.incrementAndGet() > most) {
      open.decrementAndGet();
      return Optional.of(Replies.TOO_MANY_CONNECTIONS);
    }
    Object network = network(client);
    if (openPerClient.merge(network, 1, Integer::sum) > mostPerClient) {
      leave(client);
      return Optional.of(Replies.TOO_MANY_FROM_CLIENT);
    }
    return Optional.empty();
  }

  /** Counts a connection out that was counted in. */
  void leave(InetAddress client) {
    open.decrementAndGet();
    openPerClient.computeIfPresent(network(client), (key, count) -> count == 1 ? null : count - 1);
  }

  private static Object network(InetAddress client) {
    return client instanceof Inet6Address six
        ? (Object) ByteBuffer.wrap(six.getAddress()).getLong()
        : client;
  }
}
