package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplesmtp.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ShutdownTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  /** A session and its TLS take less, until it waits for a record. */
  private static final long SHAKING_HANDS = 30_000;

  @Test
  void anIdleSessionHears421AtOnce() throws Exception {
    try (TestServer server = TestServer.of(TestServer.discard());
        Client client = Client.greeted(server.port())) {
      client.says("MAIL FROM:<a@b.org>").hears("250 ");
      CompletableFuture<List<Session>> cut = shutdown(server, LONG);
      client.hears("421 4.3.2 mx.test ").hearsTheEnd();
      client.leaves();
      assertThat(cut.get(20, TimeUnit.SECONDS)).isEmpty();
      assertThat(server.awaitEnded(1)).containsValue(CloseCause.SHUTDOWN);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"OFFERED", "IMPLICIT"})
  void aHandshakeThatDoesNotComeHoldsNobodyUp(Tls tls) throws Exception {
    SmtpServer.Builder settings =
        SmtpServer.builder()
            .listen(TestServer.loopback().withTls(tls))
            .tls(TlsConfig.selfSigned("mx.test"))
            .handler(TestServer.discard());
    try (TestServer server = new TestServer(settings);
        Client client = Client.connect(server.port())) {
      if (tls == Tls.OFFERED) {
        client.hears("220 ").says("EHLO a.test").hears("250 ").says("STARTTLS").hears("220 ");
      }
      client.sends("\u0016\u0003\u0001");
      Awaitility.await().until(() -> server.server().memory() > SHAKING_HANDS);
      CompletableFuture<List<Session>> cut = shutdown(server, LONG);
      client.hearsTheEnd();
      assertThat(cut.get(10, TimeUnit.SECONDS)).isEmpty();
      assertThat(server.awaitFailedHandshakes(1)).containsExactly("Past the deadline");
    }
  }

  @Test
  void aMessageUnderWayIsFinished() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    SmtpHandler handler =
        (session, envelope, content) -> {
          begun.countDown();
          return Reply.ok(content.readAllBytes().length + " octets");
        };
    try (TestServer server = TestServer.of(handler);
        Client client = Client.greeted(server.port())) {
      client.begun();
      begun.await();
      CompletableFuture<List<Session>> cut = shutdown(server, LONG);
      awaitRefusal(server.port());
      client.sends("Hi\r\n.\r\n").hears("250 2.0.0 4 octets").hears("421 4.3.2 ").hearsTheEnd();
      client.leaves();
      assertThat(cut.get(20, TimeUnit.SECONDS)).isEmpty();
      assertThat(server.messages()).containsExactly("accepted");
    }
  }

  /** Its connection is cut, but not its session, which is over. */
  @Test
  void aClientThatStaysBehindItsLastReplyIsNotNamed() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    SmtpHandler handler =
        (session, envelope, content) -> {
          begun.countDown();
          return Reply.ok(content.readAllBytes().length + " octets");
        };
    try (TestServer server = TestServer.of(handler);
        Client client = Client.greeted(server.port())) {
      client.begun();
      begun.await();
      CompletableFuture<List<Session>> cut = shutdown(server, LONG);
      awaitRefusal(server.port());
      client.sends(".\r\n").hears("250 2.0.0 0 octets").hears("421 4.3.2 ").hearsTheEnd();
      assertThat(server.awaitEnded(1)).containsValue(CloseCause.SHUTDOWN);
      assertThat(server.server().shutdown(Duration.ZERO)).isEmpty();
      assertThat(cut.get(20, TimeUnit.SECONDS)).isEmpty();
    }
  }

  @Test
  void aHandlerThatDoesNotReturnIsCutAndNamed() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    SmtpHandler handler =
        (session, envelope, content) -> {
          begun.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            interrupted.countDown();
            throw e;
          }
          return Reply.OK;
        };
    try (TestServer server = TestServer.of(handler);
        Client client = Client.greeted(server.port())) {
      client.begun();
      begun.await();
      List<Session> cut = server.server().shutdown(Duration.ofMillis(100));
      assertThat(cut).hasSize(1);
      assertThat(cut.get(0).hello().orElseThrow().name()).isEqualTo("client.test");
      assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
      client.hearsTheEnd();
      server.awaitEnded(1);
      assertThat(server.takeFault().getMessage()).contains("fault in data");
    }
  }

  @Test
  void aClosedServerIsClosedForGood() throws Exception {
    TestServer server = TestServer.of(TestServer.discard());
    int port = server.port();
    server.server().close();
    server.server().awaitClosed();
    assertThat(server.server().shutdown(LONG)).isEmpty();
    assertThatThrownBy(() -> Client.connect(port)).isInstanceOf(IOException.class);
    server.close();
  }

  @Test
  void anInterruptedThreadClosesAllTheSame() throws Exception {
    try (TestServer server = TestServer.of(TestServer.discard());
        Client client = Client.greeted(server.port())) {
      Thread.currentThread().interrupt();
      server.server().close();
      assertThat(Thread.interrupted()).isTrue();
      server.awaitEnded(1);
      client.leaves();
      assertThatThrownBy(() -> Client.connect(server.port())).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aHandlerMayCloseItsServer() throws Exception {
    CompletableFuture<SmtpServer> own = new CompletableFuture<>();
    SmtpHandler handler =
        (session, envelope, content) -> {
          own.join().shutdown(Duration.ZERO);
          return Reply.OK;
        };
    try (TestServer server = TestServer.of(handler);
        Client client = Client.greeted(server.port())) {
      own.complete(server.server());
      client.begun();
      server.server().awaitClosed();
      client.hearsTheEnd();
      server.awaitEnded(1);
      assertThat(server.takeFault().getThrown()).isInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void theShortestPatienceCounts() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    SmtpHandler handler =
        (session, envelope, content) -> {
          begun.countDown();
          content.readAllBytes();
          return Reply.OK;
        };
    try (TestServer server = TestServer.of(handler);
        Client client = Client.greeted(server.port())) {
      client.begun();
      begun.await();
      CompletableFuture<List<Session>> patient =
          shutdown(server, Duration.ofSeconds(Long.MAX_VALUE));
      awaitRefusal(server.port());
      assertThat(server.server().shutdown(Duration.ZERO)).isEmpty();
      assertThat(patient.get(20, TimeUnit.SECONDS)).hasSize(1);
    }
  }

  private static CompletableFuture<List<Session>> shutdown(TestServer server, Duration patience) {
    return CompletableFuture.supplyAsync(() -> {
      try {
        return server.server().shutdown(patience);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    });
  }

  /** The listening socket is closed first, so after this the shutdown has begun. */
  private static void awaitRefusal(int port) {
    Awaitility.await()
        .atMost(LONG)
        .until(() -> {
          try (Client late = Client.connect(port)) {
            return late.socket() == null;
          } catch (IOException e) {
            return true;
          }
        });
  }
}
