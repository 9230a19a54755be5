package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** A handler that answers while a thread of its own is still in a read of the content. */
class LeakedReaderTest {

  private final Queue<String> commands = new ConcurrentLinkedQueue<>();
  private final Queue<Thread> leaked = new ConcurrentLinkedQueue<>();

  @RepeatedTest(20)
  void cannotMakeMailDataIntoCommands() throws Exception {
    SmtpHandler handler =
        (session, envelope, content) -> {
          CountDownLatch reading = new CountDownLatch(1);
          leaked.add(Thread.startVirtualThread(() -> read(content, reading)));
          reading.await();
          return Reply.of(451, "4.3.0", "Gave up");
        };
    try (WatchedServer server =
            new WatchedServer(
                SmtpServer.builder()
                    .listen(TestServer.loopback())
                    .events(new Recorder())
                    .handler(handler));
        Client client = Client.greeted(server.port())) {
      client.begun().sends("first\r\n");
      for (int i = 0; i < 50; i++) {
        client.sends("NOOP inner\r\n");
      }
      client.sends(".\r\nQUIT\r\n").hears("451 4.3.0 Gave up").hears("221 ").hearsTheEnd();
    }
    for (Thread thread : leaked) {
      assertThat(thread.join(Duration.ofSeconds(20))).isTrue();
    }
    assertThat(commands)
        .containsExactly(
            "EHLO client.test", "MAIL FROM:<a@b.org>", "RCPT TO:<c@d.org>", "DATA", "QUIT");
  }

  /** A slow destination is written to while the engine has long read on in the same buffer. */
  @Test
  void getsNothingOfWhatComesLater() throws Exception {
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    SmtpHandler handler =
        (session, envelope, content) -> {
          leaked.add(Thread.startVirtualThread(() -> copy(content, written, writing, release)));
          writing.await();
          return Reply.of(451, "4.3.0", "Gave up");
        };
    try (WatchedServer server =
            new WatchedServer(SmtpServer.builder().listen(TestServer.loopback()).handler(handler));
        Client client = Client.greeted(server.port())) {
      client.begun().sends("first\r\n");
      writing.await();
      client.sends(".\r\n").hears("451 ").says("VRFY secret").hears("252 ");
      release.countDown();
      assertThat(leaked.remove().join(Duration.ofSeconds(20))).isTrue();
    }
    assertThat(written.toString(StandardCharsets.US_ASCII)).isEqualTo("first\r\n");
  }

  private static void copy(
      InputStream content, OutputStream written, CountDownLatch writing, CountDownLatch release) {
    try {
      content.transferTo(
          new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
              write(new byte[] {(byte) octet}, 0, 1);
            }

            @Override
            public void write(byte[] octets, int from, int length) throws IOException {
              writing.countDown();
              try {
                release.await();
              } catch (InterruptedException e) {
                throw new IOException(e);
              }
              written.write(octets, from, length);
            }
          });
    } catch (IOException e) {
      // The content is closed.
    }
  }

  private static void read(InputStream content, CountDownLatch reading) {
    try {
      content.read();
      reading.countDown();
      content.readAllBytes();
    } catch (IOException e) {
      // The content is closed.
    }
  }

  private final class Recorder implements ServerEvents {
    @Override
    public void command(Session session, String line) {
      commands.add(line);
    }
  }
}
