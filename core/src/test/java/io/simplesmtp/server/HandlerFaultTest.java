package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplesmtp.Envelope;
import io.simplesmtp.MailFrom;
import io.simplesmtp.Reply;
import io.simplesmtp.SmtpRejectException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever an application does, its client hears a legal reply and the session goes on. */
class HandlerFaultTest {

  @TempDir private Path folder;

  static Stream<Callable<Reply>> faults() {
    return Stream.of(
        () -> {
          throw new IllegalStateException("secret of the application");
        },
        () -> {
          throw new IOException("disk on fire");
        },
        () -> {
          throw new InterruptedException();
        },
        () -> {
          throw new StackOverflowError();
        },
        () -> {
          throw new AssertionError("never");
        },
        () -> {
          throw new OutOfMemoryError("planted");
        },
        () -> {
          throw new NoClassDefFoundError("a class of the application");
        },
        () -> {
          throw new Unspeakable();
        },
        HandlerFaultTest::hoarding,
        HandlerFaultTest::deeper,
        () -> Reply.of(354, "Go on"),
        () -> Reply.of(221, "2.0.0", "Bye"),
        HandlerFaultTest::nothing);
  }

  /** More than there is in any heap. */
  private static Reply hoarding() {
    long[][] hoard = new long[1 << 20][];
    for (int i = 0; i < hoard.length; i++) {
      hoard[i] = new long[Integer.MAX_VALUE];
    }
    return Reply.ok(hoard.length + " arrays");
  }

  /** What nobody can print or look into. */
  private static final class Unspeakable extends Error {
    private static final long serialVersionUID = 1;

    @Override
    public String getMessage() {
      throw new AssertionError("getMessage");
    }

    @Override
    public String toString() {
      throw new AssertionError("toString");
    }

    @Override
    public synchronized Throwable getCause() {
      throw new AssertionError("getCause");
    }
  }

  @SuppressWarnings("InfiniteRecursion") // so that the stack really ends
  private static Reply deeper() {
    return deeper();
  }

  @SuppressWarnings("NullAway") // what an application without null checks may do
  private static Reply nothing() {
    return null;
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aFaultIsLoggedOnceAndBecomes451(Callable<Reply> fault) throws Exception {
    SmtpHandler handler =
        new SmtpHandler() {
          @Override
          public Reply mail(Session session, MailFrom from) throws Exception {
            return from.isSmtpUtf8() ? fault.call() : Reply.SENDER_OK;
          }

          @Override
          public Reply data(Session session, Envelope envelope, InputStream content)
              throws Exception {
            return fault.call();
          }
        };
    try (TestServer server = TestServer.of(handler);
        Client client = Client.greeted(server.port())) {
      client.says("MAIL FROM:<a@b.org> SMTPUTF8").hears("451 4.3.0 Local error in processing");
      assertThat(server.takeFault().getMessage()).contains("fault in mail");
      client.begun().sends("Hi\r\n.\r\n").hears("451 4.3.0 Local error in processing");
      assertThat(server.takeFault().getMessage()).contains("fault in data");
      client.says("QUIT").hears("221 ").hearsTheEnd();
      assertThat(server.awaitEnded(1)).containsValue(CloseCause.QUIT);
    }
  }

  @Test
  void aFaultThatCannotBePrintedIsNamed() throws Exception {
    java.util.logging.Handler printing =
        new StreamHandler() {
          @Override
          public void publish(LogRecord entry) {
            if (entry.getThrown() != null) {
              assertThat(entry.getThrown().getMessage()).isNotNull();
            }
          }
        };
    SmtpHandler handler =
        (session, envelope, content) -> {
          throw new Unspeakable();
        };
    Logger log = Logger.getLogger("io.simplesmtp.server");
    try (TestServer server = TestServer.of(handler);
        Client client = Client.greeted(server.port())) {
      log.addHandler(printing);
      client.begun().sends("Hi\r\n.\r\n").hears("451 4.3.0 Local error in processing");
      client.says("QUIT").hears("221 ").hearsTheEnd();
      assertThat(server.takeFault().getMessage()).contains("fault in data");
      assertThat(server.takeFault().getMessage())
          .contains("fault in data, which cannot be printed: class ", "Unspeakable");
    } finally {
      log.removeHandler(printing);
    }
  }

  @Test
  void aRejectExceptionIsItsReplyAndNoFault() throws Exception {
    SmtpHandler handler =
        (session, envelope, content) -> {
          throw new SmtpRejectException(Reply.of(452, "4.3.1", "Mailbox full"));
        };
    try (TestServer server = TestServer.of(handler);
        Client client = Client.greeted(server.port())) {
      client.begun().sends("Hi\r\n.\r\n").hears("452 4.3.1 Mailbox full");
    }
  }

  @Test
  void anInterruptThatIsLeftBehindHarmsNothing() throws Exception {
    SmtpHandler handler =
        (session, envelope, content) -> {
          content.readAllBytes();
          Thread.currentThread().interrupt();
          return Reply.OK;
        };
    try (TestServer server = TestServer.of(handler);
        Client client = Client.greeted(server.port())) {
      client.begun().sends("Hi\r\n.\r\n").hears("250 ");
      client.begun().sends("Hi\r\n.\r\n").hears("250 ");
    }
  }

  @Test
  void anObserverThatThrowsHarmsNothing() throws Exception {
    SmtpServer.Builder settings =
        SmtpServer.builder()
            .listen(TestServer.loopback())
            .hostname("mx.test")
            .events(
                new ServerEvents() {
                  @Override
                  public void connected(Session session) {
                    HandlerFaultTest.<RuntimeException>sneak(new IOException("checked"));
                  }

                  @Override
                  public void command(Session session, String line) {
                    throw new AssertionError("never");
                  }
                })
            .handler(TestServer.discard());
    try (Faults faults = Faults.open()) {
      try (WatchedServer server = new WatchedServer(settings);
          Client client = Client.greeted(server.port())) {
        client.begun().sends("Hi\r\n.\r\n").hears("250 ").says("QUIT").hears("221 ");
      }
      assertThat(faults.records()).hasSize(6);
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as other languages do it
  private static <E extends Throwable> void sneak(Throwable thrown) throws E {
    throw (E) thrown;
  }

  @Test
  void anInterruptThatAnObserverLeavesBehindHarmsNothing() throws Exception {
    SmtpServer.Builder settings =
        SmtpServer.builder()
            .listen(TestServer.loopback())
            .hostname("mx.test")
            .events(
                new ServerEvents() {
                  @Override
                  public void command(Session session, String line) {
                    Thread.currentThread().interrupt();
                  }
                })
            .handler(TestServer.discard());
    try (WatchedServer server = new WatchedServer(settings);
        Client client = Client.greeted(server.port())) {
      client.begun().sends("Hi\r\n.\r\n").hears("250 ").says("QUIT").hears("221 ");
    }
  }

  @Test
  void aSessionWithoutItsHandlerIsTurnedAway() throws Exception {
    SmtpServer.Builder settings =
        SmtpServer.builder()
            .listen(TestServer.loopback())
            .handlerPerSession(session -> {
              throw new IllegalStateException("no handler");
            });
    try (TestServer server = new TestServer(settings);
        Client client = Client.connect(server.port())) {
      client.hears("421 mx.test Local error ").hearsTheEnd();
      assertThat(server.takeFault().getMessage()).contains("fault in connect");
    }
  }

  @Test
  void eachSessionCanHaveItsOwnHandler() throws Exception {
    SmtpServer.Builder settings =
        SmtpServer.builder()
            .listen(TestServer.loopback())
            .handlerPerSession(first -> (session, envelope, content) -> Reply.ok(first.id()));
    try (TestServer server = new TestServer(settings);
        Client one = Client.greeted(server.port());
        Client two = Client.greeted(server.port())) {
      one.begun().sends(".\r\n");
      two.begun().sends(".\r\n");
      assertThat(one.line()).isNotEqualTo(two.line());
    }
  }

  @Test
  void allFaultsOfTheSettingsAreReportedTogether() {
    SmtpServer.Builder settings =
        SmtpServer.builder()
            .hostname("not a host")
            .banner("two\r\nlines")
            .maxMessageSize(0)
            .listen(Listener.submission(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)))
            .listen(Listener.smtp(InetSocketAddress.createUnresolved("nowhere.invalid", 25)));
    assertThatThrownBy(() -> new WatchedServer(settings))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll(
            "hostname:",
            "banner:",
            "messageSize is at least 1",
            "handler: none was given",
            "needs TLS",
            "requires AUTH",
            "the host is not known");
  }

  @Test
  void aPortInUseIsSaidAndNothingIsLeftBound() throws Exception {
    try (TestServer server = TestServer.of(TestServer.discard())) {
      SocketAddress taken = server.server().addresses().get(0);
      Path socket = folder.resolve("s");
      Set<String> before = Leaks.inodes();
      SmtpServer.Builder second =
          SmtpServer.builder()
              .listen(TestServer.loopback())
              .listen(Listener.lmtp(UnixDomainSocketAddress.of(socket)))
              .listen(Listener.smtp(taken))
              .listen(TestServer.loopback())
              .handler(TestServer.discard());
      assertThatThrownBy(() -> new WatchedServer(second))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("Cannot listen on")
          .hasMessageContaining(String.valueOf(server.port()));
      assertThat(socket).doesNotExist();
      assertThat(before).containsAll(Leaks.inodes());
    }
  }

  @Test
  void aServerNeedsAListener() {
    SmtpServer.Builder settings = SmtpServer.builder().handler(TestServer.discard());
    assertThatThrownBy(() -> new WatchedServer(settings))
        .hasMessageContaining("no listener was given");
  }
}
