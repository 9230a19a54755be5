package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.Envelope;
import io.simplesmtp.Reply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Many clients at once, each with its own sender, content and reply. */
class ParallelSessionsTest {

  private static final long PATIENCE_SECONDS = 60;

  private final Set<String> received = ConcurrentHashMap.newKeySet();

  @Test
  void aThousandInClear() throws Exception {
    serve(1_000, false);
  }

  @Test
  void hundredsUnderTls() throws Exception {
    serve(300, true);
  }

  private void serve(int count, boolean isSecure) throws Exception {
    CountDownLatch connected = new CountDownLatch(count);
    CountDownLatch inData = new CountDownLatch(count);
    SmtpHandler handler =
        (session, envelope, content) -> {
          inData.countDown();
          String text = new String(content.readAllBytes(), StandardCharsets.US_ASCII);
          assertThat(text).isEqualTo(message(envelope));
          received.add(envelope.reversePath().toString());
          return Reply.ok("Took " + envelope.reversePath());
        };
    SmtpServer.Builder settings =
        SmtpServer.builder()
            .listen(TestServer.loopback())
            .tls(TlsConfig.selfSigned("mx.test"))
            .handler(handler);
    try (TestServer server = new TestServer(settings);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> clients = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        String sender = "ann" + i + "@example.org";
        clients.add(
            threads.submit(() -> {
              try (Client client = Client.greeted(server.port())) {
                converse(isSecure ? secure(client) : client, sender, connected, inData);
              }
              return null;
            }));
      }
      for (Future<?> client : clients) {
        client.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
      assertThat(received).hasSize(count);
      assertThat(server.messages()).hasSize(count).containsOnly("accepted");
      assertThat(server.awaitEnded(count).values()).containsOnly(CloseCause.QUIT);
    }
  }

  /** Waits for all others before the message and within it, so that all are open at once. */
  private static void converse(
      Client client, String sender, CountDownLatch connected, CountDownLatch inData)
      throws Exception {
    connected.countDown();
    assertThat(connected.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    client
        .sends("MAIL FROM:<" + sender + ">\r\nRCPT TO:<c@d.org>\r\nDATA\r\n")
        .hears("250 2.1.0 ")
        .hears("250 2.1.5 ")
        .hears("354 ");
    assertThat(inData.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    client
        .sends("From: " + sender + "\r\n\r\n" + sender.repeat(100) + "\r\n.\r\n")
        .hears("250 2.0.0 Took " + sender)
        .says("QUIT")
        .hears("221 ")
        .hearsTheEnd();
  }

  private static Client secure(Client client) throws Exception {
    return client
        .says("STARTTLS")
        .hears("220 ")
        .secures("TLSv1.3")
        .says("EHLO client.test")
        .hears("250 ");
  }

  private static String message(Envelope envelope) {
    String sender = envelope.reversePath().toString();
    return "From: " + sender + "\r\n\r\n" + sender.repeat(100) + "\r\n";
  }
}
