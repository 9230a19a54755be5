package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/**
 * A server that leaves nothing behind: when it is closed no thread of it lives, no socket of it is
 * open, no file of a spool is, and it counts no memory as held. A test that starts one starts it
 * here.
 */
public final class WatchedServer implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final AtomicInteger OPEN = new AtomicInteger();

  private final SmtpServer server;
  private final Set<Integer> ports;

  /** Starts. */
  public WatchedServer(SmtpServer.Builder settings) throws IOException {
    server = settings.start();
    ports =
        server.addresses().stream()
            .filter(InetSocketAddress.class::isInstance)
            .map(a -> ((InetSocketAddress) a).getPort())
            .collect(Collectors.toSet());
    OPEN.incrementAndGet();
  }

  /** The server itself. */
  public SmtpServer server() {
    return server;
  }

  /** The port of the first listener. */
  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.close();
    boolean isLast = OPEN.decrementAndGet() == 0;
    Awaitility.await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .atMost(PATIENCE)
        .untilAsserted(() -> checkLeaks(isLast));
  }

  /** Threads and files do not tell whose they are, so they are looked for behind the last one. */
  private void checkLeaks(boolean isLast) throws IOException {
    assertThat(server.memory()).as("octets held").isZero();
    assertThat(Leaks.sockets(ports)).as("open sockets").isEmpty();
    if (isLast) {
      assertThat(Leaks.spools()).as("open files of spools").isEmpty();
      assertThat(Leaks.threads()).as("live threads").isEmpty();
    }
  }
}
