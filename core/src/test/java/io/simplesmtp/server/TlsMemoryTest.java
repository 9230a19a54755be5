package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What TLS takes is counted and bounded, and withholds no reply. */
class TlsMemoryTest {

  private static final long BOUND = 500_000;

  /** What may be taken past the bound, and a buffer or two by which two threads may miss it. */
  private static final long MOST = BOUND + (1 << 20) + (128 << 10);

  /** A ClientHello of 32,700 octets without its end, in records. */
  private static final String UNFINISHED =
      record("\u0001\0\u007f\u00bc\u0003\u0003" + "\0".repeat(15_994))
          + record("\0".repeat(16_000));

  @Test
  void handshakesWithoutAnEndAreBoundedTogether() throws Exception {
    Listener listener = TestServer.loopback().withTls(Tls.IMPLICIT);
    List<Client> clients = new ArrayList<>();
    try (TestServer server = new TestServer(settings(listener))) {
      for (int i = 0; i < 20; i++) {
        clients.add(Client.connect(server.port()));
      }
      awaitSessions(server, count -> count == 20);
      for (Client client : clients) {
        client.sends(UNFINISHED);
      }
      awaitSessions(server, count -> count < 20);
      assertThat(server.server().memory()).isBetween(BOUND, MOST);
      for (Client client : clients) {
        client.close();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void whoHadAMessageAcceptedHearsOfItWhenMemoryIsUsedUp(String protocol) throws Exception {
    Listener listener = TestServer.loopback().withAuth(Auth.OFFERED).withAuthWithoutTls(true);
    List<Client> clients = new ArrayList<>();
    try (TestServer server = new TestServer(settings(listener.withTls(Tls.OFFERED)));
        Client good = Client.greeted(server.port())) {
      good.says("STARTTLS").hears("220 ").secures(protocol).says("EHLO again.test").hears("250 ");
      good.begun().says("Hi");
      for (int i = 0; i < 60; i++) {
        clients.add(Client.greeted(server.port()));
      }
      for (Client client : clients) {
        client.sends("AUTH PLAIN " + "A".repeat(9_000));
      }
      assertThat(server.awaitAnyEnd()).isEqualTo(CloseCause.REFUSED);
      good.says(".").hears("250 ").says("NOOP").hears("250 ");
      assertThat(server.messages()).containsExactly("accepted");
      for (Client client : clients) {
        client.close();
      }
    }
  }

  private static void awaitSessions(TestServer server, IntPredicate isEnough) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> isEnough.test(server.server().sessions().size()));
  }

  private static SmtpServer.Builder settings(Listener listener) {
    return SmtpServer.builder()
        .listen(listener)
        .tls(TlsConfig.selfSigned("mx.test"))
        .passwords((session, user, password) -> Optional.empty())
        .handler(TestServer.discard())
        .memory(BOUND);
  }

  private static String record(String octets) {
    int length = octets.length();
    return "\u0016\u0003\u0001" + (char) (length >> 8) + (char) (length & 0xff) + octets;
  }
}
