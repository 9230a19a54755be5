package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.DataReply;
import io.simplesmtp.Envelope;
import io.simplesmtp.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What clients are made to wait for. */
@Timeout(60)
class DelayTest {

  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofMillis(300);

  @Test
  void theGreetingComesAfterItsDelay() throws IOException {
    long begin = System.nanoTime();
    try (TestServer server = delayed(Timeouts.DEFAULT.withGreetingDelay(SHORT));
        Client client = Client.connect(server.port())) {
      client.hears("220 ");
      assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(SHORT.toNanos());
    }
  }

  @Test
  void eachRefusalComesAfterItsDelayAndNothingElseDoes() throws IOException {
    try (TestServer server = delayed(Timeouts.DEFAULT.withErrorDelay(SHORT));
        Client client = Client.greeted(server.port())) {
      long begin = System.nanoTime();
      client.sends("FOO\r\nRCPT TO:<a@b.org>\r\n").hears("500 ").hears("503 ");
      assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(2 * SHORT.toNanos());
    }
    try (TestServer server = delayed(Timeouts.DEFAULT.withErrorDelay(LONG));
        Client client = Client.greeted(server.port())) {
      client.begun().sends("Hi\r\n.\r\n").hears("250 ");
    }
  }

  /** A platform thread for each would not start. */
  @Test
  void manyMayWaitAtOnce() throws IOException {
    List<Client> clients = new ArrayList<>();
    try (TestServer server = delayed(Timeouts.DEFAULT.withGreetingDelay(Duration.ofSeconds(1)))) {
      long begin = System.nanoTime();
      for (int i = 0; i < 500; i++) {
        clients.add(Client.connect(server.port()));
      }
      for (Client client : clients) {
        client.hears("220 ");
      }
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(50));
      for (Client client : clients) {
        client.close();
      }
    }
  }

  @Test
  void aShutdownEndsTheWait() throws Exception {
    try (TestServer server =
            delayed(Timeouts.DEFAULT.withGreetingDelay(LONG).withErrorDelay(LONG));
        Client client = Client.connect(server.port())) {
      server.awaitBegun(1);
      assertThat(server.server().shutdown(Duration.ofSeconds(30))).isEmpty();
      client.hears("421 4.3.2 mx.test Shutting down").hearsTheEnd();
    }
  }

  @Test
  void theEndOfTheSessionEndsTheWait() throws IOException {
    Timeouts brief = Timeouts.DEFAULT.withSession(Duration.ofSeconds(1)).withErrorDelay(LONG);
    try (TestServer server = delayed(brief);
        Client client = Client.greeted(server.port())) {
      client.says("FOO").hears("421 4.4.2 mx.test Timeout").hearsTheEnd();
      assertThat(server.awaitEnded(1)).containsValue(CloseCause.TIMEOUT);
    }
  }

  @Test
  void whoSpeaksInTheWaitIsCut() throws IOException {
    try (TestServer server = delayed(Timeouts.DEFAULT.withGreetingDelay(SHORT));
        Client client = Client.connect(server.port())) {
      client.says("EHLO client.test").hears("421 mx.test You spoke before the greeting");
      client.hearsTheEnd();
      Map<String, CloseCause> ended = server.awaitEnded(1);
      assertThat(ended).containsValue(CloseCause.REFUSED);
    }
  }

  /** Without a delay too, if it can be seen; here the application takes its time. */
  @Test
  void whoSpeaksWhileTheApplicationIsAskedIsCut() throws Exception {
    CountDownLatch spoken = new CountDownLatch(1);
    SmtpHandler slow =
        new SmtpHandler() {
          @Override
          public Reply connect(Session session) throws InterruptedException {
            spoken.await();
            return Reply.OK;
          }

          @Override
          public Reply data(Session session, Envelope envelope, InputStream content) {
            return Reply.OK;
          }
        };
    try (TestServer server = TestServer.of(slow);
        Client client = Client.connect(server.port())) {
      client.says("GET / HTTP/1.1");
      spoken.countDown();
      client.hears("421 mx.test You spoke before the greeting").hearsTheEnd();
    }
  }

  /** The message had its reply, and the client has not heard it. */
  @Test
  void aShutdownInTheDelayOfARefusalIsAnOutcomeOfItsMessage() throws Exception {
    CountDownLatch isRefused = new CountDownLatch(1);
    Queue<String> told = new ConcurrentLinkedQueue<>();
    SmtpHandler handler =
        new SmtpHandler() {
          @Override
          public Reply data(Session session, Envelope envelope, InputStream content)
              throws IOException {
            content.readAllBytes();
            isRefused.countDown();
            return Reply.of(554, "5.6.0", "Not this");
          }

          @Override
          public void completed(
              Session session, Envelope envelope, DataReply reply, Outcome outcome) {
            told.add(reply + " " + outcome);
          }

          @Override
          public void reset(Session session, Envelope envelope) {
            told.add("reset");
          }
        };
    try (TestServer server = TestServer.of(handler, Timeouts.DEFAULT.withErrorDelay(LONG));
        Client client = Client.greeted(server.port())) {
      client.begun().sends("Hi\r\n.\r\n");
      assertThat(isRefused.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(server.server().shutdown(Duration.ofSeconds(30))).isEmpty();
      client.hears("421 4.3.2 mx.test Shutting down").hearsTheEnd();
      assertThat(told).containsExactly("554 5.6.0 Not this NOT_REPLIED");
    }
  }

  private static TestServer delayed(Timeouts timeouts) throws IOException {
    return TestServer.of(TestServer.discard(), timeouts);
  }
}
