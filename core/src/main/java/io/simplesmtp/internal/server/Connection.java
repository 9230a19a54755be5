package io.simplesmtp.internal.server;

import io.simplesmtp.Reply;
import io.simplesmtp.auth.ChannelBindings;
import io.simplesmtp.internal.session.ConnectionEvent;
import io.simplesmtp.internal.session.Conversation;
import io.simplesmtp.internal.session.Deadline;
import io.simplesmtp.internal.session.Flight;
import io.simplesmtp.internal.session.Observation;
import io.simplesmtp.internal.session.TlsHandshakeEvent;
import io.simplesmtp.internal.session.Transport;
import io.simplesmtp.server.Activity;
import io.simplesmtp.server.CloseCause;
import io.simplesmtp.server.ConnectionInfo;
import io.simplesmtp.server.Session;
import io.simplesmtp.server.SessionSnapshot;
import io.simplesmtp.server.Tls;
import io.simplesmtp.server.TlsInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One client's socket, and the virtual thread that talks over it.
 *
 * <p>{@link #run} belongs to that thread; {@link #check}, {@link #drain} and {@link #abort} are for
 * others, and work on the raw socket alone, because closing TLS may block.
 */
final class Connection implements Transport, Runnable {

  private static final System.Logger LOG = System.getLogger("io.simplesmtp.server");
  private static final int MOST_IGNORED = 1 << 20;

  /** What the conversation goes over: the raw socket, or TLS over it. */
  private record Link(InputStream in, OutputStream out, Optional<TlsChannel> tls) {

    static Link over(Socket raw) throws IOException {
      return new Link(raw.getInputStream(), raw.getOutputStream(), Optional.empty());
    }

    static Link over(TlsChannel tls) {
      return new Link(tls.in(), tls.out(), Optional.of(tls));
    }
  }

  private final String id;
  private final SocketChannel channel;
  private final Endpoint endpoint;
  private final Connections connections;
  private final Deadline deadline;
  private final Thread thread;
  private final AtomicBoolean isAborted = new AtomicBoolean();
  private final Socket raw;
  private Link link;
  private ConnectionInfo info;
  private Optional<InetAddress> counted;
  private volatile @Nullable Conversation conversation;

  /**
   * Takes over a socket that was let in.
   *
   * @param counted the client as whose it counts, if it does
   */
  Connection(
      String id,
      SocketChannel channel,
      Endpoint endpoint,
      Connections connections,
      Optional<InetAddress> counted)
      throws IOException {
    this.id = id;
    this.channel = channel;
    this.endpoint = endpoint;
    this.connections = connections;
    this.counted = counted;
    this.info =
        new ConnectionInfo(
            channel.getRemoteAddress(), channel.getLocalAddress(), endpoint.listener());
    this.raw = isInet() ? channel.socket() : new ChannelSocket(channel);
    this.link = Link.over(raw);
    this.deadline = new Deadline(endpoint.settings().timeouts());
    this.thread = Thread.ofVirtual().name("smtp-" + id).unstarted(this);
  }

  void start() {
    thread.start();
  }

  /** The client as whose it counts; for its own thread. */
  Optional<InetAddress> counted() {
    return counted;
  }

  Endpoint endpoint() {
    return endpoint;
  }

  @Override
  public void run() {
    ConnectionEvent event = Flight.connection();
    try {
      if (isInet()) {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      }
      if (!endpoint.listener().trust().isProxy(info.clientAddress()) || hearProxy()) {
        converse();
      }
    } catch (IOException e) { // before the greeting, or while closing
      LOG.log(Level.DEBUG, "Session " + id + ": the client is gone", e);
    } catch (Throwable e) { // the last frame of the thread: nobody else would say it
      LOG.log(Level.ERROR, "Session " + id + " ended by a fault", e);
    } finally {
      abandon();
      link.tls().ifPresent(TlsChannel::release);
      if (event != null) {
        event.end(id, info);
      }
      connections.remove(this);
    }
  }

  private void converse() throws IOException {
    Optional<TlsInfo> tls =
        endpoint.listener().tls() == Tls.IMPLICIT ? Optional.of(greetInTls()) : Optional.empty();
    Conversation talk = new Conversation(id, this, tls, endpoint.settings(), deadline);
    conversation = talk;
    CloseCause cause = talk.run();
    conversation = null;
    finish(cause);
  }

  @Override
  public InputStream in() {
    return link.in();
  }

  @Override
  public OutputStream out() {
    return link.out();
  }

  @Override
  public ConnectionInfo info() {
    return info;
  }

  @Override
  public boolean isEarly() throws IOException {
    return in().available() > 0;
  }

  @Override
  public TlsInfo startTls() throws IOException {
    ServerTls tls = endpoint.tls().orElseThrow();
    TlsHandshakeEvent event = Flight.tlsHandshake();
    TlsInfo agreed = null;
    try {
      TlsChannel secure =
          new TlsChannel(
              tls.engine(),
              raw.getInputStream(),
              raw.getOutputStream(),
              () -> deadline.interruption().isPresent(),
              endpoint.settings().buffers());
      link = Link.over(secure);
      secure.handshake();
      agreed = Handshake.info(secure.engine());
      return agreed;
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "Session " + id + ": TLS handshake failed", e);
      throw e;
    } finally {
      if (event != null) {
        event.end(id, agreed);
      }
    }
  }

  @Override
  public ChannelBindings channelBindings() {
    return link.tls().isPresent()
        ? new TlsBindings(link.tls().get().engine().getSession())
        : ChannelBindings.NONE;
  }

  /** The others are Unix-domain sockets. */
  private boolean isInet() {
    return info.server() instanceof InetSocketAddress;
  }

  /** Ends what is past its deadline: first the wait, a few seconds later the connection. */
  void check(long now) {
    switch (deadline.due(now)) {
      case NOTHING -> {}
      case WAKE -> wake();
      case CUT -> abort();
    }
  }

  /** Lets the client finish its command or message, and then go. */
  void drain() {
    if (deadline.drain()) {
      wake();
    }
  }

  /** Closes the socket under whatever the connection is doing, and interrupts a handler, once. */
  void abort() {
    if (isAborted.compareAndSet(false, true)) {
      deadline.interrupt(CloseCause.SHUTDOWN);
      abandon();
      thread.interrupt();
    }
  }

  /** What is known of the session, if there is one: not before it begins, nor behind its end. */
  Optional<Session> session() {
    return Optional.ofNullable(conversation).map(Conversation::session);
  }

  /** What it does just now. */
  SessionSnapshot snapshot() {
    return deadline.snapshot(session().orElseGet(this::unbegun));
  }

  /** What is known before the session has begun. */
  private Session unbegun() {
    return new Session(id, info, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Reads the header of a trusted proxy; returns whether its client may go on. */
  private boolean hearProxy() throws IOException {
    long limit = endpoint.settings().timeouts().handshake().toNanos();
    if (!deadline.beginWait(Activity.HANDSHAKE, System.nanoTime(), limit)) {
      return false;
    }
    boolean isInTime;
    Optional<ConnectionInfo> told;
    try {
      told = ProxyFacts.read(id, in(), info);
    } finally {
      isInTime = deadline.endWait();
    }
    if (!isInTime || told.isEmpty()) {
      return false;
    }
    info = told.get();
    return !info.proxied().orElseThrow().isClientTold() || isLetIn(info.clientAddress());
  }

  /** From now on the connection counts as the client's that the proxy told. */
  private boolean isLetIn(Optional<InetAddress> client) throws IOException {
    Optional<Reply> refusal = client.flatMap(c -> Connections.name(endpoint, c));
    if (refusal.isPresent()) {
      Acceptor.refuse(channel, endpoint, refusal.get(), info);
      return false;
    }
    counted = client;
    return true;
  }

  private TlsInfo greetInTls() throws IOException {
    long limit = endpoint.settings().timeouts().handshake().toNanos();
    if (!deadline.beginWait(Activity.HANDSHAKE, System.nanoTime(), limit)) {
      throw new IOException("The server shuts down");
    }
    try {
      return startTls();
    } catch (IOException e) {
      Observation.handshakeFailed(endpoint.settings().events(), unbegun(), e);
      throw e;
    } finally {
      var unused = deadline.endWait(); // whoever reads next hears of it
    }
  }

  /** Closes in order, so that the client receives the last reply; takes seconds at the most. */
  private void finish(CloseCause cause) throws IOException {
    deadline.interrupt(cause);
    switch (cause) {
      case QUIT -> {
        endTls();
        raw.close();
      }
      case REFUSED, TIMEOUT, SHUTDOWN -> linger();
      case CLIENT_GONE, TLS_FAILURE, FAULT -> abandon();
    }
  }

  /**
   * Closes only the way out and reads on: closing a socket that holds unread octets resets the
   * connection, which can take the last reply from the client. After a wait that was ended there is
   * nothing to read on.
   */
  private void linger() throws IOException {
    endTls();
    raw.shutdownOutput();
    byte[] ignored = new byte[4096];
    int most = MOST_IGNORED;
    InputStream rest = raw.getInputStream();
    while (most > 0) {
      int count = rest.read(ignored);
      if (count < 0) {
        return;
      }
      most -= count;
    }
  }

  private void endTls() throws IOException {
    if (link.tls().isPresent()) {
      link.tls().get().end();
    }
  }

  /** Wakes a blocked read, which finds the end of the stream; the way out stays open. */
  private void wake() {
    try {
      channel.shutdownInput();
    } catch (IOException e) {
      abandon();
    }
  }

  private void abandon() {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "Session " + id + ": socket not closed", e);
    }
  }
}
