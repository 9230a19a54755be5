package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.RepeatedTest;

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
    try (SmtpServer server =
            SmtpServer.builder()
                .listen(TestServer.loopback())
                .events(new Recorder())
                .handler(handler)
                .start();
        Client client = Client.greeted(server.port())) {
      client.begun().sends("first\r\n");
      for (int i = 0; i < 50; i++) {
        client.sends("NOOP inner\r\n");
      }
      client.sends(".\r\nQUIT\r\n").hears("451 4.3.0 Gave up").hears("221 ").hearsTheEnd();
    }
    for (Thread thread : leaked) {
      thread.join();
    }
    assertThat(commands)
        .containsExactly(
            "EHLO client.test", "MAIL FROM:<a@b.org>", "RCPT TO:<c@d.org>", "DATA", "QUIT");
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
