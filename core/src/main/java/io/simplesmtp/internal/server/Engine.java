package io.simplesmtp.internal.server;

import io.simplesmtp.server.Session;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** The sockets, connections and clock of a running server. Safe for use by any thread. */
public final class Engine {

  private static final System.Logger LOG = System.getLogger("io.simplesmtp.server");
  private static final long TICK_MILLIS = 100;

  private final Connections connections = new Connections();
  private final List<Acceptor> acceptors = new ArrayList<>();
  private final List<InetSocketAddress> addresses;
  private final ScheduledExecutorService watch;
  private final ReentrantLock stopping = new ReentrantLock();
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * Binds all endpoints and starts to serve them.
   *
   * @throws IOException if one of them cannot be bound; then none is
   */
  public Engine(List<Endpoint> endpoints) throws IOException {
    SessionIds ids = new SessionIds();
    try {
      for (Endpoint endpoint : endpoints) {
        acceptors.add(new Acceptor(endpoint, connections, ids));
      }
    } catch (IOException e) {
      for (Acceptor acceptor : acceptors) {
        acceptor.unbind();
      }
      throw e;
    }
    addresses = acceptors.stream().map(Acceptor::address).toList();
    watch =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("smtp-deadlines").factory());
    var unused =
        watch.scheduleWithFixedDelay(this::check, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    acceptors.forEach(Acceptor::start);
  }

  /** The bound addresses in the order of the endpoints. */
  public List<InetSocketAddress> addresses() {
    return addresses;
  }

  /**
   * Stops accepting, lets the sessions finish, and cuts those that have not by then.
   *
   * @return the sessions that were cut; empty if the server was closed before
   */
  public List<Session> shutdown(Duration patience) throws InterruptedException {
    stopping.lockInterruptibly();
    try {
      if (closed.getCount() == 0) {
        return List.of();
      }
      for (Acceptor acceptor : acceptors) {
        acceptor.unbind();
      }
      for (Acceptor acceptor : acceptors) {
        acceptor.awaitEnd();
      }
      List<Session> cut = connections.drain(patience);
      watch.shutdownNow();
      closed.countDown();
      return cut;
    } finally {
      stopping.unlock();
    }
  }

  /** Blocks until the server is closed. */
  public void awaitClosed() throws InterruptedException {
    closed.await();
  }

  private void check() {
    try {
      connections.check();
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "Fault in the watch over deadlines", e);
    }
  }
}
