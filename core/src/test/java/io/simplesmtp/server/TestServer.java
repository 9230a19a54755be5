package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.Envelope;
import io.simplesmtp.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.LogRecord;
import org.awaitility.Awaitility;

/**
 * A {@link WatchedServer} on a free loopback port that records what its events tell, and when it is
 * closed also checks that every session that began has ended once, that no name was looked up, and
 * that no fault was logged but those that the test has taken.
 */
public final class TestServer implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Map<String, CloseCause> ended = new ConcurrentHashMap<>();
  private final Queue<String> begun = new ConcurrentLinkedQueue<>();
  private final Queue<String> endings = new ConcurrentLinkedQueue<>();
  private final Queue<String> messages = new ConcurrentLinkedQueue<>();
  private final Queue<Session> secured = new ConcurrentLinkedQueue<>();
  private final Queue<String> failedHandshakes = new ConcurrentLinkedQueue<>();
  private final Faults faults = Faults.open();
  private final WatchedServer server;

  /** Adds the hostname and the observer to the settings, and starts. */
  public TestServer(SmtpServer.Builder settings) throws IOException {
    server = new WatchedServer(settings.hostname("mx.test").events(new Recorder()));
  }

  /** A listener on a free port. */
  public static Listener loopback() {
    return Listener.smtp(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  /** A server with one plain listener, this handler and these timeouts. */
  public static TestServer of(SmtpHandler handler, Timeouts timeouts) throws IOException {
    return new TestServer(
        SmtpServer.builder().listen(loopback()).timeouts(timeouts).handler(handler));
  }

  /** A server with one plain listener and this handler. */
  public static TestServer of(SmtpHandler handler) throws IOException {
    return of(handler, Timeouts.DEFAULT);
  }

  /** Reads the data and accepts it. */
  public static SmtpHandler discard() {
    return (session, envelope, content) -> {
      content.transferTo(OutputStream.nullOutputStream());
      return Reply.OK;
    };
  }

  /** The server itself. */
  public SmtpServer server() {
    return server.server();
  }

  /** The port of the first listener. */
  public int port() {
    return server.port();
  }

  /** {@code accepted} or {@code refused} for each transaction that came to its data. */
  public Queue<String> messages() {
    return messages;
  }

  /** The sessions that were secured, in their order. */
  Queue<Session> secured() {
    return secured;
  }

  /** Waits until as many handshakes have failed, and returns why they did. */
  Queue<String> awaitFailedHandshakes(int count) {
    Awaitility.await().atMost(PATIENCE).until(() -> failedHandshakes.size() == count);
    return failedHandshakes;
  }

  /** Waits until as many sessions have begun. */
  void awaitBegun(int count) {
    Awaitility.await().atMost(PATIENCE).until(() -> begun.size() >= count);
  }

  /** Waits until as many sessions have ended, and returns how they did. */
  public Map<String, CloseCause> awaitEnded(int count) {
    Awaitility.await().atMost(PATIENCE).until(() -> ended.size() == count);
    return ended;
  }

  /** Waits until a session has ended, and returns how. */
  CloseCause awaitAnyEnd() {
    Awaitility.await().atMost(PATIENCE).until(() -> !ended.isEmpty());
    return ended.values().iterator().next();
  }

  /** Takes the next warning or fault that the server has logged, which the test expects. */
  LogRecord takeFault() {
    return Objects.requireNonNull(faults.records().poll(), "no fault was logged");
  }

  @Override
  public void close() {
    try {
      server.close();
      Awaitility.await()
          .pollDelay(Duration.ZERO)
          .atMost(PATIENCE)
          .untilAsserted(() ->
              assertThat(endings)
                  .as("ends of sessions")
                  .containsExactlyInAnyOrderElementsOf(begun));
      assertThat(LookUps.byServers()).as("look-ups").isEmpty();
    } finally {
      faults.close();
    }
    assertThat(faults.records()).as("faults").extracting(LogRecord::getMessage).isEmpty();
  }

  private final class Recorder implements ServerEvents {
    @Override
    public void connected(Session session) {
      begun.add(session.id());
    }

    @Override
    public void secured(Session session) {
      secured.add(session);
    }

    @Override
    public void handshakeFailed(Session session, String reason) {
      failedHandshakes.add(reason);
    }

    @Override
    public void accepted(Session session, Envelope envelope, long octets, Reply reply) {
      messages.add("accepted");
    }

    @Override
    public void refused(Session session, Envelope envelope, Reply reply) {
      messages.add("refused");
    }

    @Override
    public void closed(Session session, CloseCause cause) {
      endings.add(session.id());
      ended.put(session.id(), cause);
    }
  }
}
