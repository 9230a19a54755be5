package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.Hello;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What observers are told of handshakes, those that succeed and those that fail. */
final class TlsEventsTest {

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void handshakeAfterStartTlsIsTold(String protocol) throws Exception {
    Recorder events = new Recorder();
    try (WatchedServer server = start(events);
        Client client = Client.greeted(port(server, 0))) {
      client.says("STARTTLS").hears("220 ").secures(protocol);
      client.says("EHLO again.test").hears("250 ").says("QUIT").hears("221 ");
      awaitLast(events, "closed QUIT");
      assertThat(events.told)
          .containsExactly(
              "connected clear",
              "EHLO client.test",
              "STARTTLS",
              "secured " + protocol,
              "EHLO again.test",
              "QUIT",
              "closed QUIT");
      assertThat(events.helloes).containsExactly("", "");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void handshakeOfImplicitTlsIsToldAfterTheConnection(String protocol) throws Exception {
    Recorder events = new Recorder();
    try (WatchedServer server = start(events);
        Client client = Client.connect(port(server, 1))) {
      client.secures(protocol).hears("220 ").says("QUIT").hears("221 ");
      awaitLast(events, "closed QUIT");
      assertThat(events.told)
          .containsExactly("connected " + protocol, "secured " + protocol, "QUIT", "closed QUIT");
    }
  }

  @Test
  void handshakeThatFailsAfterStartTlsIsTold() throws Exception {
    Recorder events = new Recorder();
    try (WatchedServer server = start(events);
        Client client = Client.greeted(port(server, 0))) {
      client.says("STARTTLS").hears("220 ").sends("EHLO \u0007\r\n".repeat(9)).hearsOnlyAnAlert();
      awaitLast(events, "closed TLS_FAILURE");
      assertThat(events.told)
          .containsExactly(
              "connected clear",
              "EHLO client.test",
              "STARTTLS",
              "failed in clear: Unsupported or unrecognized SSL message",
              "closed TLS_FAILURE");
    }
  }

  @Test
  void handshakeThatFailsUnderImplicitTlsIsAllThatIsTold() throws Exception {
    Recorder events = new Recorder();
    try (WatchedServer server = start(events);
        Client client = Client.connect(port(server, 1))) {
      client.sends("EHLO client.test\r\n".repeat(9)).hearsOnlyAnAlert();
      awaitLast(events, "failed in clear: Unsupported or unrecognized SSL message");
      assertThat(events.told).hasSize(1);
    }
  }

  @Test
  void clientThatLeavesInTheHandshakeIsTold() throws Exception {
    Recorder events = new Recorder();
    try (WatchedServer server = start(events)) {
      Client.connect(port(server, 1)).close();
      Awaitility.await().until(() -> !events.told.isEmpty());
      assertThat(events.told).hasSize(1).allMatch(line -> line.startsWith("failed in clear: "));
    }
  }

  @Test
  void observerThatThrowsDisturbsNobody() throws Exception {
    ServerEvents odd =
        new ServerEvents() {
          @Override
          public void secured(Session session) {
            throw new IllegalStateException("secured");
          }

          @Override
          public void handshakeFailed(Session session, String reason) {
            throw new IllegalStateException("failed");
          }
        };
    try (Faults faults = Faults.open();
        WatchedServer server = start(odd)) {
      try (Client client = Client.connect(port(server, 1))) {
        client.secures("TLSv1.3").hears("220 ").says("QUIT").hears("221 ");
      }
      try (Client client = Client.connect(port(server, 1))) {
        client.sends("QUIT\r\n".repeat(9)).hearsOnlyAnAlert();
      }
      Awaitility.await().untilAsserted(() -> assertThat(faults.records()).hasSize(2));
    }
  }

  private static WatchedServer start(ServerEvents events) throws Exception {
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return new WatchedServer(
        SmtpServer.builder()
            .hostname("mx.test")
            .listen(TestServer.loopback())
            .listen(Listener.submissions(free).withAuth(Auth.NONE))
            .tls(TlsConfig.selfSigned("mx.test"))
            .events(events)
            .handler(TestServer.discard()));
  }

  private static int port(WatchedServer server, int listener) {
    return ((InetSocketAddress) server.server().addresses().get(listener)).getPort();
  }

  private static void awaitLast(Recorder events, String line) {
    Awaitility.await()
        .untilAsserted(() -> assertThat(List.copyOf(events.told)).last().isEqualTo(line));
  }

  private static final class Recorder implements ServerEvents {

    private final Queue<String> told = new ConcurrentLinkedQueue<>();
    private final Queue<String> helloes = new ConcurrentLinkedQueue<>();

    @Override
    public void connected(Session session) {
      helloes.add(session.hello().map(Hello::name).orElse(""));
      told.add("connected " + session.tls().map(TlsInfo::protocol).orElse("clear"));
    }

    @Override
    public void secured(Session session) {
      helloes.add(session.hello().map(Hello::name).orElse(""));
      told.add("secured " + session.tls().orElseThrow().protocol());
    }

    @Override
    public void handshakeFailed(Session session, String reason) {
      told.add("failed " + (session.isSecure() ? "secure" : "in clear") + ": " + reason);
    }

    @Override
    public void command(Session session, String line) {
      told.add(line);
    }

    @Override
    public void closed(Session session, CloseCause cause) {
      told.add("closed " + cause);
    }
  }
}
