package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.Envelope;
import io.simplesmtp.MailFrom;
import io.simplesmtp.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that trusted proxies hand on, and those that they should have. */
@Timeout(60)
class ProxyProtocolTest {

  private static final String HEADER = "PROXY TCP4 192.0.2.1 198.51.100.7 56324 25\r\n";
  private static final String LOCAL = "\r\n\r\n\0\r\nQUIT\n \0\0\0";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "EHLO client.test\r\n",
        "PROXY TCP4 192.0.2.1 198.51.100.7 56324\r\n",
        "PROXY TCP4 192.0.2.1 198.51.100.7 56324 25\n",
        "\r\n\r\n\0\r\nQUIT\n\u0011\0\0\0",
        "\r\n\r\n\0\r\nQUIT\n!\u0011\0\u0010\1\1\1\1\2\2\2\2\0\1\0\2\2\0\1\n",
        "\u0016\u0003\u0001",
      })
  void aProxyWithoutAHeaderHearsNothing(String begin) throws IOException {
    try (TestServer server = proxied(Timeouts.DEFAULT, Admission.DEFAULT);
        Client client = Client.connect(server.port())) {
      client.sends(begin).hearsTheEnd();
    }
  }

  @Test
  void aProxyThatIsSilentIsClosedAfterTheTimeOfAHandshake() throws IOException {
    Timeouts hasty = Timeouts.DEFAULT.withHandshake(Duration.ofMillis(200));
    try (TestServer server = proxied(hasty, Admission.DEFAULT);
        Client silent = Client.connect(server.port());
        Client slow = Client.connect(server.port())) {
      slow.sends("PROXY TCP4 192");
      silent.hearsTheEnd();
      slow.hearsTheEnd();
    }
  }

  @Test
  void aProxyThatLeavesIsNoSession() throws IOException {
    try (TestServer server = proxied(Timeouts.DEFAULT, Admission.DEFAULT)) {
      Client.connect(server.port()).sends("PROXY").leaves();
      Client.connect(server.port()).sends(HEADER.substring(0, 30)).resets();
    }
  }

  @Test
  void whoIsWaitedForAtShutdownHearsNothing() throws Exception {
    try (TestServer server = proxied(Timeouts.DEFAULT, Admission.DEFAULT);
        Client client = Client.connect(server.port())) {
      client.sends("PROXY TCP4");
      assertThat(server.server().shutdown(Duration.ofSeconds(30))).isEmpty();
      client.hearsTheEnd();
    }
  }

  @Test
  void whatFollowsAtOnceIsReadByTheSession() throws IOException {
    try (TestServer server = proxied(Timeouts.DEFAULT, Admission.DEFAULT);
        Client client = Client.connect(server.port())) {
      for (int i = 0; i < HEADER.length(); i++) {
        client.sends(HEADER.substring(i, i + 1));
      }
      client.hears("220 ").sends("EHLO client.test\r\nQUIT\r\n").hears("250 ").hears("221 ");
    }
  }

  @Test
  void anEarlyTalkerBehindAProxyIsCut() throws Exception {
    try (TestServer server =
            proxied(Timeouts.DEFAULT.withGreetingDelay(Duration.ofMillis(300)), Admission.DEFAULT);
        Client client = Client.connect(server.port())) {
      client
          .sends(HEADER + "EHLO client.test\r\n")
          .hears("421 mx.test You spoke before the greeting")
          .hearsTheEnd();
    }
  }

  /** The proxy has as many connections as it has clients. */
  @Test
  void theClientIsCountedAndNotTheProxy() throws IOException {
    Admission narrow = Admission.DEFAULT.withConnectionsPerClient(1);
    try (TestServer server = proxied(Timeouts.DEFAULT, narrow);
        Client first = Client.connect(server.port());
        Client other = Client.connect(server.port());
        Client again = Client.connect(server.port());
        Client check = Client.connect(server.port());
        Client secondCheck = Client.connect(server.port())) {
      first.sends(HEADER).hears("220 ");
      other.sends(HEADER.replace("192.0.2.1", "192.0.2.2")).hears("220 ");
      again.sends(HEADER).hears("421 mx.test Too many connections from your address").hearsTheEnd();
      check.sends(LOCAL).hears("220 ");
      secondCheck.sends(LOCAL).hears("220 ");
      first.says("QUIT").hears("221 ").hearsTheEnd();
      server.awaitEnded(1);
    }
    try (TestServer server = proxied(Timeouts.DEFAULT, narrow)) {
      for (int i = 0; i < 3; i++) {
        try (Client client = Client.connect(server.port())) {
          client.sends(HEADER).hears("220 ").says("QUIT").hears("221 ").hearsTheEnd();
          server.awaitEnded(i + 1);
        }
      }
    }
  }

  @Test
  void theServersOwnBoundHoldsBeforeTheHeader() throws IOException {
    try (TestServer server = proxied(Timeouts.DEFAULT, Admission.DEFAULT.withConnections(1));
        Client first = Client.connect(server.port())) {
      first.sends(HEADER).hears("220 ");
      try (Client second = Client.connect(server.port())) {
        second.hears("421 mx.test Too many connections, try").hearsTheEnd();
      }
    }
  }

  @Test
  void theHandlerSeesClientAndProxy() throws Exception {
    BlockingQueue<ConnectionInfo> seen = new LinkedBlockingQueue<>();
    SmtpHandler handler =
        new SmtpHandler() {
          @Override
          public Reply mail(Session session, MailFrom from) {
            seen.add(session.connection());
            return Reply.SENDER_OK;
          }

          @Override
          public Reply data(Session session, Envelope envelope, InputStream content) {
            return Reply.OK;
          }
        };
    Trust trust = Trust.NOBODY.withProxies(Network.parse("127.0.0.0/8"), Network.parse("::1"));
    try (TestServer server =
            new TestServer(
                SmtpServer.builder()
                    .listen(TestServer.loopback().withTrust(trust))
                    .handler(handler));
        Client client = Client.connect(server.port())) {
      client.sends(HEADER).hears("220 ").says("EHLO a.test").hears("250 ");
      client.says("MAIL FROM:<a@b.org>").hears("250 ");
      ConnectionInfo connection = seen.take();
      assertThat(connection.clientAddress()).contains(InetAddress.getByName("192.0.2.1"));
      Proxied proxied = connection.proxied().orElseThrow();
      assertThat(proxied.proxy()).isEqualTo(client.socket().getLocalSocketAddress());
      assertThat(proxied.server()).isEqualTo(client.socket().getRemoteSocketAddress());
    }
  }

  private static TestServer proxied(Timeouts timeouts, Admission admission) throws IOException {
    Trust trust = Trust.NOBODY.withProxies(Network.parse("127.0.0.1"), Network.parse("::1"));
    return new TestServer(
        SmtpServer.builder()
            .listen(TestServer.loopback().withTrust(trust))
            .timeouts(timeouts)
            .admission(admission)
            .handler(TestServer.discard()));
  }
}
