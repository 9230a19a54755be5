package io.simplesmtp.server;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.Envelope;
import io.simplesmtp.RcptTo;
import io.simplesmtp.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is too slow hears 421 4.4.2 and is closed. */
class DeadlineTest {

  private static final Duration SHORT = Duration.ofMillis(150);

  @Test
  void aClientThatSaysNothing() throws IOException {
    try (TestServer server = TestServer.of(TestServer.discard(), Timeouts.DEFAULT.withIdle(SHORT));
        Client client = Client.connect(server.port())) {
      client.hears("220 ").hears("421 4.4.2 mx.test ").hearsTheEnd();
      assertThat(server.awaitEnded(1)).containsValue(CloseCause.TIMEOUT);
    }
  }

  @Test
  void aSessionPastItsTimeCarriesOutNothingMore() throws Exception {
    CountDownLatch cut = new CountDownLatch(1);
    AtomicInteger asked = new AtomicInteger();
    SmtpHandler stubborn =
        new SmtpHandler() {
          @Override
          public Reply rcpt(Session session, Envelope soFar, RcptTo to) throws Exception {
            asked.incrementAndGet();
            cut.await();
            return Reply.RECIPIENT_OK;
          }

          @Override
          public Reply data(Session session, Envelope envelope, InputStream content) {
            return Reply.OK;
          }
        };
    Timeouts brief = Timeouts.DEFAULT.withSession(Duration.ofSeconds(1));
    try (TestServer server = TestServer.of(stubborn, brief);
        Client client = Client.greeted(server.port())) {
      client.says("MAIL FROM:<a@b.org>").hears("250 ");
      client.sends("RCPT TO:<c@d.org>\r\n".repeat(10));
      assertThat(server.awaitEnded(1)).containsValue(CloseCause.TIMEOUT);
      assertThat(asked).hasValue(1);
      assertThat(server.takeFault().getThrown()).isInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void eachListenerHasItsOwnTimeouts() throws IOException {
    SmtpServer.Builder settings =
        SmtpServer.builder()
            .listen(TestServer.loopback().withTimeouts(Timeouts.DEFAULT.withIdle(SHORT)))
            .listen(TestServer.loopback())
            .handler(TestServer.discard());
    try (TestServer server = new TestServer(settings);
        Client patient = Client.connect(server.server().port(1));
        Client hurried = Client.connect(server.port())) {
      hurried.hears("220 ").hears("421 4.4.2 mx.test ").hearsTheEnd();
      patient.hears("220 ").says("NOOP").hears("250 ").says("QUIT").hears("221 ");
    }
  }

  @Test
  void aCommandThatDoesNotEnd() throws IOException {
    try (TestServer server =
            TestServer.of(TestServer.discard(), Timeouts.DEFAULT.withCommand(SHORT));
        Client client = Client.greeted(server.port())) {
      client.sends("MAIL FR").hears("421 4.4.2 ").hearsTheEnd();
    }
  }

  @Test
  void aSaslResponseThatDoesNotCome() throws IOException {
    try (TestServer server =
            new TestServer(
                SmtpServer.builder()
                    .listen(TestServer.loopback().withAuthWithoutTls(true))
                    .passwords((session, user, password) -> Optional.empty())
                    .timeouts(Timeouts.DEFAULT.withIdle(Duration.ofSeconds(2)))
                    .handler(TestServer.discard()));
        Client client = Client.greeted(server.port())) {
      client.says("AUTH LOGIN").hears("334 ").hears("421 4.4.2 ").hearsTheEnd();
    }
  }

  @Test
  void theTimeOfASlowHandlerIsNotItsClients() throws Exception {
    Timeouts strict =
        Timeouts.DEFAULT.withDataBlock(Duration.ofSeconds(1)).withMinimumRate(1_000_000);
    SmtpHandler slow =
        (session, envelope, content) -> {
          content.read();
          assertThat(new CountDownLatch(1).await(1500, MILLISECONDS)).isFalse();
          content.readAllBytes();
          return Reply.OK;
        };
    try (TestServer server = TestServer.of(slow, strict);
        Client client = Client.greeted(server.port())) {
      client.begun().sends("Hi\r\n").sends("x".repeat(70_000) + "\r\n.\r\n").hears("250 ");
    }
  }

  @Test
  void mailDataThatStops() throws IOException {
    try (TestServer server =
            TestServer.of(TestServer.discard(), Timeouts.DEFAULT.withDataBlock(SHORT));
        Client client = Client.greeted(server.port())) {
      client.begun().sends("half a mess").hears("421 4.4.2 ").hearsTheEnd();
      assertThat(server.awaitEnded(1)).containsValue(CloseCause.TIMEOUT);
      assertThat(server.messages()).containsExactly("refused");
    }
  }

  @Test
  void mailDataThatTrickles() throws IOException {
    Timeouts timeouts =
        Timeouts.DEFAULT.withDataBlock(Duration.ofMillis(500)).withMinimumRate(1_000_000);
    try (TestServer server = TestServer.of(TestServer.discard(), timeouts);
        Client client = Client.greeted(server.port())) {
      client.begun();
      // Each octet comes in time for the block; together they are far below the rate.
      client.socket().setSoTimeout(20);
      String heard = "";
      for (int i = 0; i < 1000 && heard.isEmpty(); i++) {
        client.sends("x");
        try {
          heard = client.line();
        } catch (SocketTimeoutException e) {
          heard = "";
        }
      }
      assertThat(heard).startsWith("421 4.4.2 ");
    }
  }

  @Test
  void aSessionThatLastsTooLong() throws IOException {
    try (TestServer server =
            TestServer.of(TestServer.discard(), Timeouts.DEFAULT.withSession(SHORT));
        Client client = Client.connect(server.port())) {
      client.hears("220 ").hears("421 4.4.2 ").hearsTheEnd();
    }
  }

  @Test
  void aHandshakeThatDoesNotCome() throws Exception {
    SmtpServer.Builder settings =
        SmtpServer.builder()
            .listen(TestServer.loopback().withTls(Tls.IMPLICIT))
            .tls(TlsConfig.selfSigned("mx.test"))
            .timeouts(Timeouts.DEFAULT.withHandshake(SHORT))
            .handler(TestServer.discard());
    try (TestServer server = new TestServer(settings);
        Client client = Client.connect(server.port())) {
      client.hearsOnlyAnAlert();
    }
  }

  @Test
  void aHandshakeThatStopsAfterStartTls() throws Exception {
    SmtpServer.Builder settings =
        SmtpServer.builder()
            .listen(TestServer.loopback())
            .tls(TlsConfig.selfSigned("mx.test"))
            .timeouts(Timeouts.DEFAULT.withHandshake(SHORT))
            .handler(TestServer.discard());
    try (TestServer server = new TestServer(settings);
        Client client = Client.greeted(server.port())) {
      client.says("STARTTLS").hears("220 2.0.0 ").hearsOnlyAnAlert();
      assertThat(server.awaitEnded(1)).containsValue(CloseCause.TLS_FAILURE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void underTlsToo(String protocol) throws Exception {
    SmtpServer.Builder settings =
        SmtpServer.builder()
            .listen(TestServer.loopback().withTls(Tls.IMPLICIT))
            .tls(TlsConfig.selfSigned("mx.test"))
            .timeouts(Timeouts.DEFAULT.withIdle(SHORT))
            .handler(TestServer.discard());
    try (TestServer server = new TestServer(settings);
        Client client = Client.connect(server.port()).secures(protocol)) {
      client.hears("220 ").hears("421 4.4.2 ").hearsTheEnd();
    }
  }

  @Test
  void aClientThatTakesNoReplies() throws IOException {
    Timeouts timeouts = Timeouts.DEFAULT.withIdle(Duration.ofMillis(500));
    Limits generous = Limits.DEFAULT.withCommandsWithoutMail(Integer.MAX_VALUE);
    try (TestServer server =
            new TestServer(
                SmtpServer.builder()
                    .listen(TestServer.loopback())
                    .limits(generous)
                    .timeouts(timeouts)
                    .handler(TestServer.discard()));
        Client client = Client.greeted(server.port())) {
      String many = "HELP\r\n".repeat(10_000);
      try {
        for (int i = 0; i < 1_000; i++) {
          client.sends(many);
        }
        assertThat(false).as("the server cuts the connection").isTrue();
      } catch (IOException e) {
        assertThat(server.awaitEnded(1)).containsValue(CloseCause.TIMEOUT);
      }
    }
  }
}
