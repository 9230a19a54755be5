package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A handler reads mail data as fast and as far as it likes. */
class HandlerPaceTest {

  private static final String LINE = "x".repeat(1022) + "\r\n";
  private static final int LINES = 32 << 10;
  private static final long OCTETS = (long) LINES * LINE.length();

  @Test
  void aSlowHandlerSlowsItsClient() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    AtomicLong sent = new AtomicLong();
    SmtpHandler handler =
        (session, envelope, content) -> {
          content.read();
          release.await();
          return Reply.ok(content.readAllBytes().length + 1 + " octets");
        };
    SmtpServer.Builder settings =
        SmtpServer.builder()
            .listen(TestServer.loopback())
            .limits(Limits.DEFAULT.withMessageSize(OCTETS))
            .handler(handler);
    try (TestServer server = new TestServer(settings);
        Client client = Client.greeted(server.port()).begun()) {
      CompletableFuture<Void> sender =
          CompletableFuture.runAsync(() -> send(client, "\r\n" + LINE.repeat(15), sent));
      AtomicLong before = new AtomicLong(-1);
      // It is stuck once nothing more goes out for a while.
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .pollInterval(Duration.ofMillis(250))
          .until(() -> sent.get() > 0 && before.getAndSet(sent.get()) == sent.get());
      assertThat(sent.get()).isLessThan(OCTETS / 2);
      assertThat(sender).isNotDone();
      release.countDown();
      sender.get(20, TimeUnit.SECONDS);
      client.sends(".\r\n").hears("250 2.0.0 " + sent.get() + " octets");
    }
  }

  @Test
  void aHandlerThatReadsNothingHasItsClientSendToTheEnd() throws Exception {
    answersAfterTheData((session, envelope, content) -> Reply.ok("Unread"), "250 2.0.0 Unread");
    answersAfterTheData(
        (session, envelope, content) -> Reply.of(550, "5.7.1", "Unread"), "550 5.7.1 Unread");
  }

  @Test
  void aHandlerThatReadsAPartHasItsClientSendToTheEnd() throws Exception {
    answersAfterTheData(
        (session, envelope, content) -> Reply.ok(content.readNBytes(5000).length + " octets"),
        "250 2.0.0 5000 octets");
  }

  @Test
  void aHandlerThatClosesTheContentHasItsClientSendToTheEnd() throws Exception {
    answersAfterTheData(
        (session, envelope, content) -> {
          content.close();
          return Reply.ok("Closed");
        },
        "250 2.0.0 Closed");
  }

  @Test
  void theEndOfTheContentIsReachedAgainAndAgain() throws Exception {
    answersAfterTheData(
        (session, envelope, content) -> {
          content.readAllBytes();
          return Reply.ok(content.read() + " " + content.read(new byte[10]));
        },
        "250 2.0.0 -1 -1");
  }

  /** The reply comes after all the data, none of which is taken for a command. */
  private static void answersAfterTheData(SmtpHandler handler, String reply) throws Exception {
    String data = "\r\n" + (LINE + "MAIL FROM:<forged@d.org>\r\nQUIT\r\n..\r\n").repeat(5_000);
    try (TestServer server = TestServer.of(handler);
        Client client = Client.greeted(server.port())) {
      for (int i = 0; i < 2; i++) {
        client.begun().sends(data).sends(".\r\nNOOP\r\n").hears(reply).hears("250 2.0.0 ");
      }
      client.says("QUIT").hears("221 ").hearsTheEnd();
      assertThat(server.messages()).hasSize(2);
    }
  }

  private static void send(Client client, String block, AtomicLong sent) {
    try {
      while (sent.get() + block.length() <= OCTETS) {
        client.sends(block);
        sent.addAndGet(block.length());
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
