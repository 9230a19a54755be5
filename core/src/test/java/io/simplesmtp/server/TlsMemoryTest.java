package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What TLS takes is counted and bounded. */
class TlsMemoryTest {

  /** What may be taken past the bound. */
  private static final long MARGIN = 1 << 20;

  /** A ClientHello of 32,700 octets without its end, in records. */
  private static final String UNFINISHED =
      record("\u0001\0\u007f\u00bc\u0003\u0003" + "\0".repeat(15_994))
          + record("\0".repeat(16_000));

  @Test
  void handshakesWithoutAnEndAreBoundedTogether() throws Exception {
    long bound = 900_000;
    SmtpServer.Builder settings =
        SmtpServer.builder()
            .listen(TestServer.loopback().withTls(Tls.IMPLICIT))
            .tls(TlsConfig.selfSigned("mx.test"))
            .handler(TestServer.discard())
            .memory(bound);
    List<Client> clients = new ArrayList<>();
    try (TestServer server = new TestServer(settings)) {
      for (int i = 0; i < 24; i++) {
        clients.add(Client.connect(server.port()));
      }
      awaitSessions(server, count -> count == 24);
      for (Client client : clients) {
        client.sends(UNFINISHED);
      }
      awaitSessions(server, count -> count < 24);
      assertThat(server.server().memory()).isBetween(bound, bound + MARGIN + (128 << 10));
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

  private static String record(String octets) {
    int length = octets.length();
    return "\u0016\u0003\u0001" + (char) (length >> 8) + (char) (length & 0xff) + octets;
  }
}
