package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Many bad clients at once, or a bad one that sends much, and a good one all the same. */
class FloodTest {

  private static final int SLOW = 1_000;
  private static final int GONE = 5_000;
  private static final int TRIES = 5;
  private static final int COMMANDS = 100_000;
  private static final int MEBIBYTES = 1_024;

  /** All come from one address, which is not what is looked at here. */
  private static final Admission ALL = Admission.DEFAULT.withConnectionsPerClient(10_000);

  @Test
  void aGoodClientIsServedWhileAThousandHandshakesDoNotEnd() throws Exception {
    SmtpServer.Builder settings =
        SmtpServer.builder()
            .listen(TestServer.loopback().withTls(Tls.IMPLICIT))
            .tls(TlsConfig.selfSigned("mx.test"))
            .admission(ALL)
            .handler(TestServer.discard());
    List<Client> slow = new ArrayList<>();
    try (TestServer server = new TestServer(settings)) {
      for (int i = 0; i < SLOW; i++) {
        slow.add(Client.connect(server.port()).sends("\u0016\u0003\u0001"));
      }
      long quickest = Long.MAX_VALUE;
      for (int i = 0; i < TRIES; i++) {
        long begin = System.nanoTime();
        try (Client good = Client.connect(server.port()).secures("TLSv1.3").hears("220 ")) {
          deliver(good.says("EHLO client.test").hears("250 "));
        }
        quickest = Math.min(quickest, System.nanoTime() - begin);
      }
      assertThat(Duration.ofNanos(quickest)).isLessThan(Duration.ofSeconds(1));
      assertThat(server.awaitFailedHandshakes(0)).isEmpty();
      for (Client client : slow) {
        client.resets();
      }
      assertThat(server.messages()).hasSize(TRIES).containsOnly("accepted");
    }
  }

  @Test
  void aGoodClientIsServedBesideAThousandIdleOnes() throws Exception {
    SmtpServer.Builder settings =
        SmtpServer.builder()
            .listen(TestServer.loopback())
            .admission(ALL)
            .handler(TestServer.discard());
    List<Client> idle = new ArrayList<>();
    try (TestServer server = new TestServer(settings)) {
      for (int i = 0; i < SLOW; i++) {
        idle.add(Client.connect(server.port()).hears("220 "));
      }
      try (Client good = Client.greeted(server.port())) {
        deliver(good);
      }
      for (Client client : idle) {
        client.says("QUIT").hears("221 ").close();
      }
    }
  }

  /** What it would have to be told is not gathered either. */
  @Test
  void aGoodClientIsServedWhileOneTakesNoReplies() throws Exception {
    SmtpServer.Builder settings =
        SmtpServer.builder()
            .listen(TestServer.loopback())
            .limits(Limits.DEFAULT.withCommandsWithoutMail(Integer.MAX_VALUE))
            .memory(100_000)
            .handler(TestServer.discard());
    try (TestServer server = new TestServer(settings);
        Client deaf = Client.greeted(server.port())) {
      AtomicLong sent = new AtomicLong();
      CompletableFuture<Void> flood = CompletableFuture.runAsync(() -> pipeline(deaf, sent));
      long before = -1;
      while (sent.get() != before || before < COMMANDS) {
        before = sent.get();
        for (int i = 0; i < TRIES; i++) {
          try (Client good = Client.greeted(server.port())) {
            deliver(good);
          }
        }
      }
      assertThat(flood).isNotDone();
      deaf.resets();
      flood.join();
    }
  }

  /** It is told once or twice, and then nobody reads it any more. */
  @Test
  void aGibibyteWithoutA354IsNotReadToItsEnd() throws Exception {
    try (TestServer server = TestServer.of(TestServer.discard());
        Client client = Client.greeted(server.port())) {
      client.says("DATA").hears("503 ");
      byte[] mebibyte =
          ("x".repeat(1022) + "\r\n").repeat(1024).getBytes(StandardCharsets.US_ASCII);
      int sent = 0;
      try {
        while (sent < MEBIBYTES) {
          client.socket().getOutputStream().write(mebibyte);
          sent++;
        }
      } catch (IOException e) {
        // The server has closed.
      }
      assertThat(sent).isLessThan(64);
      assertThat(server.awaitEnded(1)).containsValue(CloseCause.REFUSED);
    }
  }

  @Test
  void aGoodClientIsServedWhileThousandsComeAndGo() throws Exception {
    SmtpServer.Builder settings =
        SmtpServer.builder()
            .listen(TestServer.loopback())
            .admission(ALL)
            .handler(TestServer.discard());
    try (TestServer server = new TestServer(settings)) {
      CompletableFuture<Void> flood = CompletableFuture.runAsync(() -> comeAndGo(server.port()));
      int delivered = 0;
      while (!flood.isDone()) {
        try (Client good = Client.greeted(server.port())) {
          deliver(good);
          delivered++;
        }
      }
      flood.join();
      assertThat(delivered).isPositive();
      assertThat(server.messages()).hasSize(delivered).containsOnly("accepted");
    }
  }

  @Test
  void aGibibyteBehindARefusalIsDropped() throws Exception {
    SmtpHandler refusing = (session, envelope, content) -> Reply.of(554, "5.7.1", "No");
    byte[] mebibyte = ("x".repeat(1022) + "\r\n").repeat(1024).getBytes(StandardCharsets.US_ASCII);
    try (TestServer server = TestServer.of(refusing);
        Client client = Client.greeted(server.port()).begun()) {
      OutputStream out = client.sends("\r\n").socket().getOutputStream();
      for (int i = 0; i < MEBIBYTES; i++) {
        out.write(mebibyte);
      }
      client.sends(".\r\n").hears("552 5.3.4 ");
      client.says("NOOP").hears("250 ");
    }
  }

  /** Sends commands until that cannot go on, and counts them. */
  private static void pipeline(Client client, AtomicLong sent) {
    String many = "HELP\r\n".repeat(1_000);
    try {
      while (true) {
        client.sends(many);
        sent.addAndGet(1_000);
      }
    } catch (IOException e) {
      // It was reset.
    }
  }

  private static void comeAndGo(int port) {
    try {
      for (int i = 0; i < GONE; i++) {
        Client.connect(port).resets();
      }
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }

  private static void deliver(Client client) throws IOException {
    client.begun().sends("Hi\r\n.\r\n").hears("250 2.0.0 ");
  }
}
