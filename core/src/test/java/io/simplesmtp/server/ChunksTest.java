package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplesmtp.Envelope;
import io.simplesmtp.Hello;
import io.simplesmtp.MailDataException;
import io.simplesmtp.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** BDAT over sockets: what streams, who is gone, and who is slow. */
class ChunksTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  private final Queue<Exception> seen = new ConcurrentLinkedQueue<>();
  private final Semaphore readings = new Semaphore(0);

  @Test
  void theHandlerReadsAChunkBeforeTheNextIsSent() throws Exception {
    Queue<String> pieces = new ConcurrentLinkedQueue<>();
    SmtpHandler handler =
        (session, envelope, content) -> {
          pieces.add(new String(content.readNBytes(4), StandardCharsets.US_ASCII));
          readings.release();
          pieces.add(new String(content.readNBytes(4), StandardCharsets.US_ASCII));
          readings.release();
          return Reply.ok(content.readAllBytes().length + " more");
        };
    try (TestServer server = TestServer.of(handler);
        Client client = envelope(server)) {
      client.says("BDAT 4").sends("ab\r\n");
      isRead();
      assertThat(pieces).containsExactly("ab\r\n");
      client.hears("250 2.0.0 Chunk received").says("BDAT 6").sends("cd\r\n");
      isRead();
      assertThat(pieces).containsExactly("ab\r\n", "cd\r\n");
      client.sends("\r\n").hears("250 2.0.0 Chunk received");
      client.says("BDAT 0 LAST").hears("250 2.0.0 2 more");
      assertThat(server.messages()).containsExactly("accepted");
    }
  }

  @Test
  void aClientThatLeavesInAChunkSurfacesInTheHandler() throws Exception {
    try (TestServer server = TestServer.of(watched())) {
      try (Client client = envelope(server)) {
        client.says("BDAT 100 LAST").sends("half a mess");
      }
      assertThat(server.awaitEnded(1)).containsValue(CloseCause.CLIENT_GONE);
      assertThat(seen).singleElement().isInstanceOf(MailDataException.class);
      assertThat(server.messages()).containsExactly("refused");
    }
  }

  @Test
  void aClientThatLeavesBetweenChunksSurfacesInTheHandler() throws Exception {
    try (TestServer server = TestServer.of(watched())) {
      try (Client client = envelope(server)) {
        client.says("BDAT 4").sends("Hi\r\n").hears("250 2.0.0 Chunk received");
      }
      assertThat(server.awaitEnded(1)).containsValue(CloseCause.CLIENT_GONE);
      assertThat(seen).singleElement().isInstanceOf(MailDataException.class);
      assertThat(server.messages()).containsExactly("refused");
    }
  }

  @Test
  void aClientThatResetsEndsItsOwnSessionAlone() throws Exception {
    int times = 5;
    try (TestServer server = TestServer.of(watched())) {
      for (int i = 0; i < times; i++) {
        Client inChunk = envelope(server).says("BDAT 100").sends("half a mess");
        isRead();
        inChunk.resets();
        Client between = envelope(server).says("BDAT 4").sends("Hi\r\n").hears("250 ");
        isRead();
        between.resets();
        envelope(server).says("BDAT 4").sends("Hi\r\nBDAT 4\r\n").resets();
        Client dropped = Client.greeted(server.port()).says("BDAT 100").sends("QUIT\r\n");
        dropped.resets();
      }
      assertThat(server.awaitEnded(4 * times).values()).containsOnly(CloseCause.CLIENT_GONE);
      assertThat(seen).hasOnlyElementsOfType(MailDataException.class);
      assertThat(server.messages()).isNotEmpty().containsOnly("refused");
      try (Client good = envelope(server)) {
        good.says("BDAT 4 LAST").sends("Hi\r\n").hears("250 2.0.0 OK");
      }
    }
  }

  @Test
  void aShutdownEndsAMessageBetweenItsChunks() throws Exception {
    try (TestServer server = TestServer.of(watched());
        Client client = envelope(server)) {
      client.says("BDAT 4").sends("Hi\r\n").hears("250 2.0.0 Chunk received");
      CompletableFuture<List<Session>> cut = shutdown(server);
      client.hears("421 4.3.2 mx.test ").hearsTheEnd();
      client.leaves();
      assertThat(cut.get(20, TimeUnit.SECONDS)).isEmpty();
      assertThat(server.awaitEnded(1)).containsValue(CloseCause.SHUTDOWN);
      assertThat(seen).singleElement().isInstanceOf(MailDataException.class);
      assertThat(server.messages()).containsExactly("refused");
    }
  }

  @Test
  void aShutdownLetsTheLastChunkFinish() throws Exception {
    try (TestServer server = TestServer.of(watched());
        Client client = envelope(server)) {
      client.says("BDAT 4 LAST").sends("H");
      isRead();
      CompletableFuture<List<Session>> cut = shutdown(server);
      client.sends("i\r\n").hears("250 2.0.0 OK").hears("421 4.3.2 ").hearsTheEnd();
      client.leaves();
      assertThat(cut.get(20, TimeUnit.SECONDS)).isEmpty();
      assertThat(server.messages()).containsExactly("accepted");
    }
  }

  @Test
  void anotherThreadMayReadAllChunks() throws Exception {
    SmtpHandler handler =
        (session, envelope, content) ->
            Reply.ok(CompletableFuture.supplyAsync(() -> text(content)).get().length() + " octets");
    try (TestServer server = TestServer.of(handler);
        Client client = envelope(server)) {
      client.says("BDAT 4").sends("Hi\r\n").hears("250 2.0.0 Chunk received");
      client.says("NOOP").hears("250 2.0.0 OK").says("DATA").hears("503 ");
      client.says("BDAT 2").sends("Ho").hears("250 2.0.0 Chunk received");
      client.says("BDAT 2 LAST").sends("\r\n").hears("250 2.0.0 8 octets");
      client.says("QUIT").hears("221 ").hearsTheEnd();
    }
  }

  /** A thread that was left behind in a read may be anywhere in the chunks and their commands. */
  @RepeatedTest(20)
  void aLeakedReaderCannotMakeChunksIntoCommands() throws Exception {
    Queue<Thread> leaked = new ConcurrentLinkedQueue<>();
    SmtpHandler handler =
        (session, envelope, content) -> {
          leaked.add(Thread.startVirtualThread(() -> text(content)));
          readings.acquire();
          return Reply.of(451, "4.3.0", "Gave up");
        };
    Queue<String> commands = new ConcurrentLinkedQueue<>();
    ServerEvents recorder =
        new ServerEvents() {
          @Override
          public void command(Session session, String line) {
            commands.add(line);
          }
        };
    try (WatchedServer server =
            new WatchedServer(
                SmtpServer.builder()
                    .listen(TestServer.loopback())
                    .events(recorder)
                    .handler(handler));
        Client client = Client.greeted(server.port())) {
      client.says("MAIL FROM:<a@b.org>").hears("250 ").says("RCPT TO:<c@d.org>").hears("250 ");
      StringBuilder chunks = new StringBuilder();
      int count = 50;
      for (int i = 0; i < count; i++) {
        chunks.append("BDAT 12\r\nVRFY inner\r\n");
        if (i == count / 2) {
          readings.release();
        }
      }
      client.sends(chunks + "BDAT 0 LAST\r\nQUIT\r\n");
      String reply = client.line();
      for (int i = 0; i <= count; i++) {
        assertThat(reply).matches("(250 2.0.0 Chunk|451 4.3.0 Gave|503 5.5.1 Chunk).*");
        reply = client.line();
      }
      assertThat(reply).startsWith("221 ");
      client.hearsTheEnd();
    }
    assertThat(leaked.remove().join(LONG)).isTrue();
    assertThat(commands).doesNotContain("VRFY inner").contains("BDAT 0 LAST", "QUIT");
  }

  @Test
  void contentIsDeadWhenTheHandlerHasAnswered() throws Exception {
    Queue<InputStream> kept = new ConcurrentLinkedQueue<>();
    SmtpHandler handler =
        (session, envelope, content) -> {
          kept.add(content);
          return Reply.of(550, "5.7.1", "No");
        };
    try (TestServer server = TestServer.of(handler);
        Client client = envelope(server)) {
      client.says("BDAT 4").sends("Hi\r\n").hears("550 5.7.1 No");
      assertThatThrownBy(kept.remove()::read)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("until the handler has answered");
    }
  }

  @Test
  void theHandlerIsNeverAskedTwiceAtATime() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    SmtpHandler handler =
        new SmtpHandler() {
          @Override
          public Reply data(Session session, Envelope envelope, InputStream content)
              throws Exception {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            try {
              return Reply.ok(content.readAllBytes().length + " octets");
            } finally {
              inside.decrementAndGet();
            }
          }

          @Override
          public Reply hello(Session session, Hello hello) {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            inside.decrementAndGet();
            return Reply.OK;
          }

          @Override
          public Reply vrfy(Session session, String query) {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            inside.decrementAndGet();
            return Reply.OK;
          }
        };
    try (TestServer server = TestServer.of(handler);
        Client client = envelope(server)) {
      client.sends("BDAT 4\r\nHi\r\nVRFY ann\r\nEHLO again.test\r\nVRFY ann\r\n");
      client.hears("250 2.0.0 Chunk").hears("503 ").hears("250 ").hears("250 2.0.0 OK");
      assertThat(most).hasValue(1);
      assertThat(server.messages()).containsExactly("refused");
    }
  }

  /** The borders of chunks give a client that trickles no new time. */
  @Test
  void chunksThatTrickleAreTooSlow() throws Exception {
    Timeouts timeouts =
        Timeouts.DEFAULT.withDataBlock(Duration.ofMillis(500)).withMinimumRate(1_000_000);
    try (TestServer server = TestServer.of(watched(), timeouts);
        Client client = envelope(server)) {
      String heard = "";
      for (int i = 0; i < 1000 && !heard.startsWith("421 "); i++) {
        client.sends("BDAT 1\r\n");
        client.socket().setSoTimeout(20);
        try {
          heard = client.line();
        } catch (SocketTimeoutException e) {
          client.socket().setSoTimeout((int) LONG.toMillis());
          heard = client.sends("x").line();
        }
      }
      assertThat(heard).startsWith("421 4.4.2 ");
      assertThat(server.awaitEnded(1)).containsValue(CloseCause.TIMEOUT);
      assertThat(seen).singleElement().isInstanceOf(MailDataException.class);
    }
  }

  @Test
  void aMessageOfManyChunksIsCountedOnceAndWhole() throws Exception {
    int chunks = 2_000;
    String chunk = "x".repeat(1022) + "\r\n";
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    SmtpHandler handler =
        (session, envelope, content) -> Reply.ok(content.transferTo(octets) + " octets");
    SmtpServer.Builder settings =
        SmtpServer.builder()
            .listen(TestServer.loopback())
            .limits(Limits.DEFAULT.withHeaderSize(4L << 20))
            .handler(handler);
    try (TestServer server = new TestServer(settings);
        Client client = envelope(server)) {
      CompletableFuture<Void> sender =
          CompletableFuture.runAsync(() -> {
            try {
              for (int i = 0; i < chunks; i++) {
                client.sends("BDAT 1024\r\n" + chunk);
              }
              client.sends("BDAT 0 LAST\r\n");
            } catch (IOException e) {
              throw new IllegalStateException(e);
            }
          });
      for (int i = 0; i < chunks; i++) {
        client.hears("250 2.0.0 Chunk received");
      }
      client.hears("250 2.0.0 " + chunks * 1024 + " octets");
      sender.get(20, TimeUnit.SECONDS);
      assertThat(octets.toString(StandardCharsets.US_ASCII)).isEqualTo(chunk.repeat(chunks));
      assertThat(server.messages()).containsExactly("accepted");
    }
  }

  /** Reads all, one octet first, and keeps what it meets. */
  private SmtpHandler watched() {
    return (session, envelope, content) -> {
      try {
        content.read();
        readings.release();
        content.readAllBytes();
      } catch (IOException e) {
        seen.add(e);
        throw e;
      }
      return Reply.OK;
    };
  }

  private void isRead() throws InterruptedException {
    assertThat(readings.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
  }

  private static Client envelope(TestServer server) throws IOException {
    return Client.greeted(server.port())
        .says("MAIL FROM:<a@b.org>")
        .hears("250 ")
        .says("RCPT TO:<c@d.org>")
        .hears("250 ");
  }

  private static String text(InputStream content) {
    try {
      return new String(content.readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return ""; // the content is closed
    }
  }

  private static CompletableFuture<List<Session>> shutdown(TestServer server) {
    return CompletableFuture.supplyAsync(() -> {
      try {
        return server.server().shutdown(LONG);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    });
  }
}
