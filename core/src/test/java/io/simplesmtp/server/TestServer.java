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
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;

/**
 * A server on a free loopback port that records what its events tell, and when it is closed checks
 * that nothing is left of it: every session that began has ended, and no thread of it lives.
 */
final class TestServer implements AutoCloseable {

  private final Map<String, CloseCause> ended = new ConcurrentHashMap<>();
  private final Queue<String> begun = new ConcurrentLinkedQueue<>();
  private final Queue<String> messages = new ConcurrentLinkedQueue<>();
  private final SmtpServer server;

  /** Adds the hostname and the observer to the settings, and starts. */
  TestServer(SmtpServer.Builder settings) throws IOException {
    server = settings.hostname("mx.test").events(new Recorder()).start();
  }

  static Listener loopback() {
    return Listener.smtp(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  /** A server with one plain listener, this handler and these timeouts. */
  static TestServer of(SmtpHandler handler, Timeouts timeouts) throws IOException {
    return new TestServer(
        SmtpServer.builder().listen(loopback()).timeouts(timeouts).handler(handler));
  }

  static TestServer of(SmtpHandler handler) throws IOException {
    return of(handler, Timeouts.DEFAULT);
  }

  /** Reads the data and accepts it. */
  static SmtpHandler discard() {
    return (session, envelope, content) -> {
      content.transferTo(OutputStream.nullOutputStream());
      return Reply.OK;
    };
  }

  SmtpServer server() {
    return server;
  }

  int port() {
    return server.port();
  }

  /** {@code accepted} or {@code refused} for each transaction that came to its data. */
  Queue<String> messages() {
    return messages;
  }

  /** Waits until as many sessions have ended, and returns how they did. */
  Map<String, CloseCause> awaitEnded(int count) {
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> ended.size() == count);
    return ended;
  }

  @Override
  public void close() {
    server.close();
    assertThat(ended.keySet()).containsExactlyInAnyOrderElementsOf(begun);
    int port = port();
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(t -> t.getName().equals("smtp-accept-" + port)));
  }

  private final class Recorder implements ServerEvents {
    @Override
    public void connected(Session session) {
      begun.add(session.id());
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
      assertThat(ended.put(session.id(), cause)).as("ends once").isNull();
    }
  }
}
