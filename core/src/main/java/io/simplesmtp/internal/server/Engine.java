package io.simplesmtp.internal.server;

import io.simplesmtp.internal.wire.Memory;
import io.simplesmtp.server.Session;
import io.simplesmtp.server.SessionSnapshot;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** The sockets, connections and clock of a running server. Safe for use by any thread. */
public final class Engine {

  private static final System.Logger LOG = System.getLogger("io.simplesmtp.server");
  private static final long TICK_MILLIS = 100;

  private final Connections connections = new Connections();
  private final List<Acceptor> acceptors = new ArrayList<>();
  private final List<SocketAddress> addresses;
  private final Memory memory;
  private final ScheduledExecutorService watch;
  private final AtomicBoolean isStopping = new AtomicBoolean();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile List<Session> cut = List.of();

  /**
   * Binds all endpoints and starts to serve them.
   *
   * @throws IOException if one of them cannot be bound; then none is
   */
  public Engine(List<Endpoint> endpoints) throws IOException {
    SessionIds ids = new SessionIds();
    Pollers.load();
    try {
      for (Endpoint endpoint : endpoints) {
        acceptors.add(new Acceptor(endpoint, connections, ids, this::end));
      }
    } catch (IOException | RuntimeException e) {
      acceptors.forEach(Acceptor::unbind);
      throw e;
    }
    addresses = acceptors.stream().map(Acceptor::address).toList();
    memory = endpoints.getFirst().settings().buffers().memory();
    watch =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("smtp-deadlines").factory());
    var unused =
        watch.scheduleWithFixedDelay(this::check, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    acceptors.forEach(Acceptor::start);
  }

  /** The bound addresses in the order of the endpoints. */
  public List<SocketAddress> addresses() {
    return addresses;
  }

  /** What its connections do just now, the oldest first. */
  public List<SessionSnapshot> sessions() {
    return connections.snapshot();
  }

  /** The octets that its clients take now. */
  public long memory() {
    return memory.held();
  }

  /**
   * Stops accepting, lets the sessions finish, and cuts those that have not when patience ends. Of
   * several callers the least patient one counts; an interrupt is the end of patience.
   *
   * @return the sessions that were cut; empty for all callers but the first
   * @throws InterruptedException if the caller was interrupted; the server is closed all the same
   */
  public List<Session> shutdown(Duration patience) throws InterruptedException {
    connections.limitPatience(patience);
    boolean isFirst = isStopping.compareAndSet(false, true);
    if (isFirst) {
      begin();
    }
    try {
      closed.await();
    } catch (InterruptedException e) {
      connections.limitPatience(Duration.ZERO);
      awaitClosedAnyhow();
      throw e;
    }
    return isFirst ? cut : List.of();
  }

  /** Closes without a wait: the only client that there can be has gone. */
  private void end() {
    connections.limitPatience(Duration.ZERO);
    if (isStopping.compareAndSet(false, true)) {
      begin();
    }
  }

  /** On a thread of its own, as the caller's may be that of a session, which will be cut. */
  private void begin() {
    try {
      Thread.ofPlatform().name("smtp-shutdown").start(this::stop);
    } catch (Throwable e) { // no memory for a thread
      stop();
    }
  }

  private void stop() {
    try {
      acceptors.forEach(Acceptor::unbind);
      for (Acceptor acceptor : acceptors) {
        acceptor.awaitEnd();
      }
      cut = connections.drain();
    } catch (InterruptedException e) {
      LOG.log(Level.ERROR, "The shutdown was interrupted", e); // by whom? nobody has the thread
    } finally {
      watch.shutdownNow();
      closed.countDown();
    }
  }

  private void awaitClosedAnyhow() {
    boolean isClosed = false;
    while (!isClosed) {
      try {
        closed.await();
        isClosed = true;
      } catch (InterruptedException e) {
        // Once is enough: nobody can be less patient, and the end is a second away at the most.
      }
    }
  }

  /** Blocks until the server is closed. */
  public void awaitClosed() throws InterruptedException {
    closed.await();
  }

  private void check() {
    try {
      connections.check();
    } catch (Throwable e) { // thrown on, it would be the end of all deadlines
      try {
        LOG.log(Level.ERROR, "Fault in the watch over deadlines", e);
      } catch (Throwable again) {
        // No memory to say so.
      }
    }
  }
}
