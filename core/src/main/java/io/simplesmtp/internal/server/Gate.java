package io.simplesmtp.internal.server;

import io.simplesmtp.Reply;
import io.simplesmtp.internal.protocol.Replies;
import io.simplesmtp.internal.session.ClientNetwork;
import io.simplesmtp.server.Admission;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the open connections, in all and for each client. Safe for use by any thread.
 *
 * <p>A client is an IPv4 address or the /64 network of an IPv6 one, which one host can have for
 * itself. One without an address counts only among all.
 */
public final class Gate {

  private final int most;
  private final int mostPerClient;
  private final AtomicInteger open = new AtomicInteger();
  private final Map<Object, Integer> openPerClient = new ConcurrentHashMap<>();

  /** Begins with no connection. */
  public Gate(Admission admission) {
    this.most = admission.connections();
    this.mostPerClient = admission.connectionsPerClient();
  }

  /** Counts a connection in; if it must not come in, it is not counted and gets a reply. */
  Optional<Reply> enter(Optional<InetAddress> client) {
    if (open.incrementAndGet() > most) {
      open.decrementAndGet();
      return Optional.of(Replies.TOO_MANY_CONNECTIONS);
    }
    Optional<Reply> refusal = client.flatMap(this::name);
    if (refusal.isPresent()) {
      open.decrementAndGet();
    }
    return refusal;
  }

  /**
   * Counts a connection that is in, so far without a client, as one of a client's; if that one has
   * too many, it is not counted as its and gets a reply.
   */
  Optional<Reply> name(InetAddress client) {
    if (openPerClient.merge(ClientNetwork.of(client), 1, Integer::sum) > mostPerClient) {
      forget(client);
      return Optional.of(Replies.TOO_MANY_FROM_CLIENT);
    }
    return Optional.empty();
  }

  /** Counts a connection out that was counted in. */
  void leave(Optional<InetAddress> client) {
    open.decrementAndGet();
    client.ifPresent(this::forget);
  }

  /** Takes back {@link #name}. */
  void forget(InetAddress client) {
    openPerClient.computeIfPresent(
        ClientNetwork.of(client), (key, count) -> count == 1 ? null : count - 1);
  }
}
