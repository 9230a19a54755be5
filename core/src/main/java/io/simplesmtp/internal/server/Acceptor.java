package io.simplesmtp.internal.server;

import io.simplesmtp.Reply;
import io.simplesmtp.internal.protocol.Replies;
import io.simplesmtp.internal.session.Observation;
import io.simplesmtp.internal.wire.Buffers;
import io.simplesmtp.internal.wire.Memory;
import io.simplesmtp.internal.wire.ReplyWriter;
import io.simplesmtp.server.ConnectionInfo;
import io.simplesmtp.server.Tls;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One listening socket and the platform thread that accepts there. It never waits for a client, and
 * no client ends it.
 */
final class Acceptor implements Runnable {

  private static final System.Logger LOG = System.getLogger("io.simplesmtp.server");
  private static final long QUIET = TimeUnit.MINUTES.toNanos(1);
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(50);

  /** For those who are turned away, also for want of memory; each gives its page back at once. */
  private static final Buffers UNCOUNTED = new Buffers(new Memory(Long.MAX_VALUE));

  private final Endpoint endpoint;
  private final Connections connections;
  private final SessionIds ids;
  private final Entrance entrance;
  private final Runnable atEnd;
  private final Thread thread;
  private long failures;
  private long complained;

  /**
   * Binds; clients can connect from now on and are served once started.
   *
   * @param atEnd called when the only client that there can be here has gone
   */
  Acceptor(Endpoint endpoint, Connections connections, SessionIds ids, Runnable atEnd)
      throws IOException {
    this.endpoint = endpoint;
    this.connections = connections;
    this.ids = ids;
    this.entrance = Entrance.open(endpoint.listener().address());
    this.atEnd = atEnd;
    this.thread = Thread.ofPlatform().name("smtp-accept-" + name(address())).unstarted(this);
  }

  SocketAddress address() {
    return entrance.address();
  }

  void start() {
    thread.start();
  }

  /** Blocks until no client can come in any more. */
  void awaitEnd() throws InterruptedException {
    thread.join();
  }

  /** Closes the socket, which ends the thread. */
  void unbind() {
    try {
      entrance.close();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "Listening socket not closed", e);
    }
  }

  @Override
  public void run() {
    while (entrance.isOpen()) {
      try {
        SocketChannel channel = entrance.accept();
        try {
          admit(channel);
        } catch (IOException e) { // the client was gone at once, which is its own affair
          LOG.log(Level.DEBUG, "A client was gone before its session began", e);
        }
      } catch (Throwable e) { // descriptors or memory ran out
        rest(e);
      }
    }
    if (entrance.isForOne()) {
      connections.whenEmpty(atEnd);
    }
  }

  /** Gives others time to let go of what ran out; whatever happens here, the loop goes on. */
  private void rest(Throwable e) {
    try {
      if (entrance.isOpen()) {
        complain(e);
      }
    } catch (Throwable again) {
      // No memory to say so.
    }
    try {
      LockSupport.parkNanos(PAUSE);
    } catch (Throwable again) {
      // No memory for its class, which was never needed before.
    }
  }

  /** Says it once a minute at the most, as it is tried again twenty times a second. */
  private void complain(Throwable e) {
    failures++;
    long now = System.nanoTime();
    if (failures == 1 || now - complained >= QUIET) {
      LOG.log(Level.WARNING, "No connection could be accepted, failures so far: " + failures, e);
      complained = now;
    }
  }

  private void admit(SocketChannel channel) throws IOException {
    Optional<InetAddress> client = Optional.empty();
    boolean isIn = false;
    try {
      client = counted(ip(channel.getRemoteAddress()));
      Optional<Reply> refusal = Connections.enter(endpoint, client);
      if (refusal.isPresent()) {
        refuse(channel, endpoint, refusal.get(), info(channel));
      } else {
        isIn = true;
        connections.start(new Connection(ids.next(), channel, endpoint, connections, client));
      }
    } catch (Throwable e) {
      if (isIn) {
        Connections.leave(endpoint, client);
      }
      channel.close();
      throw e;
    }
  }

  private static String name(SocketAddress address) {
    return address instanceof InetSocketAddress inet
        ? String.valueOf(inet.getPort())
        : address.toString();
  }

  private static Optional<InetAddress> ip(SocketAddress address) {
    return address instanceof InetSocketAddress inet
        ? Optional.of(inet.getAddress())
        : Optional.empty();
  }

  /** As whose connection it counts; whose a proxy's is, is not known before its header. */
  private Optional<InetAddress> counted(Optional<InetAddress> peer) {
    return endpoint.listener().trust().isProxy(peer) ? Optional.empty() : peer;
  }

  private ConnectionInfo info(SocketChannel channel) throws IOException {
    return new ConnectionInfo(
        channel.getRemoteAddress(), channel.getLocalAddress(), endpoint.listener());
  }

  /** Says why, as far as the socket takes it without waiting, and closes. */
  static void refuse(SocketChannel channel, Endpoint endpoint, Reply reply, ConnectionInfo client)
      throws IOException {
    Observation.turnedAway(endpoint.settings().events(), client, reply);
    try (channel) {
      if (endpoint.listener().tls() != Tls.IMPLICIT) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        ReplyWriter writer = new ReplyWriter(octets, UNCOUNTED);
        String hostname = endpoint.settings().rules().hostname();
        writer.write(Replies.bare(Replies.closing(hostname, reply)));
        writer.flush();
        channel.configureBlocking(false);
        channel.write(ByteBuffer.wrap(octets.toByteArray()));
      }
    }
  }
}
