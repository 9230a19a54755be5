package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplesmtp.Envelope;
import io.simplesmtp.Host;
import io.simplesmtp.Reply;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Listeners on Unix-domain sockets: their files, and all that holds on other sockets. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class UnixListenerTest {

  @TempDir private Path folder;
  private Path socket;

  @BeforeEach
  void name() {
    socket = folder.resolve("smtp");
  }

  private SmtpServer.Builder on(Path path) {
    return SmtpServer.builder()
        .listen(Listener.smtp(UnixDomainSocketAddress.of(path)))
        .handler(TestServer.discard());
  }

  @Test
  void takesMail() throws Exception {
    BlockingQueue<String> taken = new LinkedBlockingQueue<>();
    SmtpHandler handler =
        (session, envelope, content) -> {
          taken.add(new String(content.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
          ConnectionInfo ends = session.connection();
          taken.add(ends.clientAddress() + " to " + ends.server());
          taken.add(received(session, envelope));
          return Reply.OK;
        };
    try (TestServer server = new TestServer(on(socket).handler(handler));
        UnixClient client = UnixClient.connect(socket)) {
      assertThat(server.server().addresses()).containsExactly(UnixDomainSocketAddress.of(socket));
      client.hears("220 mx.test ESMTP").says("EHLO c.test").hears("250 ");
      client.says("MAIL FROM:<a@b.org>").hears("250 ").says("RCPT TO:<c@d.org>").hears("250 ");
      client.says("DATA").hears("354 ").sends("Hi\r\n.\r\n").hears("250 ");
      client.says("QUIT").hears("221 ").hearsTheEnd();
      assertThat(taken.take()).isEqualTo("Hi\r\n");
      assertThat(taken.take()).isEqualTo("Optional.empty to " + socket);
      assertThat(taken.take()).startsWith("Received: from c.test (localhost)\r\n");
      assertThatIllegalStateException().isThrownBy(server::port);
    }
  }

  private static String received(Session session, Envelope envelope) {
    return new Received(session, envelope, Host.parse("mx.test"), Instant.now()).field();
  }

  @Test
  void takesABigMessageThatIsWrittenAtOnce() throws Exception {
    String line = "x".repeat(998) + "\r\n";
    BlockingQueue<Long> sizes = new LinkedBlockingQueue<>();
    SmtpHandler handler =
        (session, envelope, content) -> {
          sizes.add(content.transferTo(java.io.OutputStream.nullOutputStream()));
          return Reply.OK;
        };
    try (TestServer server = new TestServer(on(socket).handler(handler));
        UnixClient client = begun()) {
      client.sends("\r\n" + line.repeat(10_000) + ".\r\nQUIT\r\n").hears("250 ").hears("221 ");
      client.hearsTheEnd();
      assertThat(sizes.take()).isEqualTo(10_000L * 1000 + 2);
      server.awaitEnded(1);
    }
  }

  @Test
  void isOpenToOwnerAndGroupAlone() throws Exception {
    try (TestServer server = new TestServer(on(socket))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
          .isEqualTo("rw-rw----");
      assertThat(server.server().addresses()).hasSize(1);
    }
    assertThat(socket).doesNotExist();
  }

  @Test
  void replacesTheSocketOfADeadServer() throws Exception {
    leaveDead();
    assertThat(socket).exists();
    try (TestServer server = new TestServer(on(socket));
        UnixClient client = UnixClient.connect(socket)) {
      client.hears("220 ").says("QUIT").hears("221 ");
      server.awaitEnded(1);
    }
    assertThat(socket).doesNotExist();
  }

  @Test
  void leavesTheSocketOfAServerThatLives() throws Exception {
    try (TestServer server = new TestServer(on(socket))) {
      assertThatIOException()
          .isThrownBy(() -> new WatchedServer(on(socket)))
          .withMessageContaining("Cannot listen on " + socket)
          .withMessageContaining("Another server listens there");
      try (UnixClient client = UnixClient.connect(socket)) {
        client.hears("220 ").says("QUIT").hears("221 ");
      }
      server.awaitEnded(2); // the other server's look was a client too
    }
  }

  @Test
  void leavesWhatIsNoSocket() throws Exception {
    Files.writeString(socket, "precious");
    assertThatIOException().isThrownBy(() -> new WatchedServer(on(socket)));
    assertThat(socket).hasContent("precious");
    Path link = folder.resolve("link");
    Files.createSymbolicLink(link, socket);
    assertThatIOException().isThrownBy(() -> new WatchedServer(on(link)));
    assertThat(link).isSymbolicLink();
    Path pipe = folder.resolve("pipe");
    Tool.find("mkfifo", folder).run(pipe.toString()).succeeds();
    assertThatIOException().isThrownBy(() -> new WatchedServer(on(pipe)));
    assertThat(pipe).exists();
    assertThatIOException().isThrownBy(() -> new WatchedServer(on(folder)));
    assertThatIOException().isThrownBy(() -> new WatchedServer(on(folder.resolve("none/such"))));
  }

  @Test
  void doesNotRemoveWhatAnotherHasPutInItsPlace() throws Exception {
    try (TestServer server = new TestServer(on(socket))) {
      assertThat(server.server().addresses()).hasSize(1);
      Files.delete(socket);
      Files.writeString(socket, "another's");
    }
    assertThat(socket).hasContent("another's");
  }

  @Test
  void isRemovedWhenAnotherListenerCannotBind() throws Exception {
    Path taken = folder.resolve("taken");
    Files.writeString(taken, "");
    SmtpServer.Builder both = on(socket).listen(Listener.smtp(UnixDomainSocketAddress.of(taken)));
    assertThatIOException().isThrownBy(() -> new WatchedServer(both));
    assertThat(socket).doesNotExist();
  }

  @Test
  void addressesThatAreNoneAreRefused() {
    SocketAddress odd =
        new SocketAddress() {
          private static final long serialVersionUID = 1L;

          @Override
          public String toString() {
            return "odd";
          }
        };
    assertThatIllegalStateException()
        .isThrownBy(() ->
            new WatchedServer(
                on(Path.of(""))
                    .listen(Listener.smtp(odd))
                    .listen(Listener.lmtp(new InetSocketAddress(25)))))
        .withMessageContaining("a Unix-domain socket needs a path")
        .withMessageContaining("listener odd: not an address to listen on")
        .withMessageContaining("LMTP must not be spoken on port 25");
  }

  @Test
  void anIdleClientIsToldAndClosed() throws Exception {
    Timeouts brief = Timeouts.DEFAULT.withIdle(Duration.ofMillis(150));
    try (TestServer server = new TestServer(on(socket).timeouts(brief));
        UnixClient client = UnixClient.connect(socket)) {
      client.hears("220 ").hears("421 4.4.2 ").hearsTheEnd();
      assertThat(server.awaitEnded(1).values()).containsExactly(CloseCause.TIMEOUT);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1_2", "TLSv1_3"})
  void anIdleClientUnderTlsIsToldToo(String version) throws Exception {
    String program =
        """
        import smtplib, ssl, sys
        tls = ssl.create_default_context()
        tls.check_hostname, tls.verify_mode = False, ssl.CERT_NONE
        tls.maximum_version = getattr(ssl.TLSVersion, sys.argv[2])
        client = smtplib.LMTP(sys.argv[1])
        client._host = 'mx.test'  # for SNI, which it takes the path for
        client.starttls(context=tls)
        print(client.getreply())
        """;
    SmtpServer.Builder settings =
        SmtpServer.builder()
            .listen(Listener.lmtp(UnixDomainSocketAddress.of(socket)))
            .tls(TlsConfig.selfSigned("mx.test"))
            .timeouts(Timeouts.DEFAULT.withIdle(Duration.ofMillis(1500)))
            .handler(TestServer.discard());
    try (TestServer server = new TestServer(settings)) {
      Tool.find("python3", folder)
          .run("-c", program, socket.toString(), version)
          .says("(421, b'4.4.2 mx.test Timeout");
      assertThat(server.awaitEnded(1).values()).containsExactly(CloseCause.TIMEOUT);
    }
  }

  @Test
  void aClientThatStopsInTheDataIsToldAndClosed() throws Exception {
    Timeouts brief = Timeouts.DEFAULT.withDataBlock(Duration.ofMillis(150));
    try (TestServer server = new TestServer(on(socket).timeouts(brief));
        UnixClient client = begun()) {
      client.sends("Hi\r\n").hears("421 4.4.2 ").hearsTheEnd();
      assertThat(server.awaitEnded(1).values()).containsExactly(CloseCause.TIMEOUT);
      assertThat(server.messages()).containsExactly("refused");
    }
  }

  @Test
  void aClientThatDoesNotReadIsCut() throws Exception {
    Timeouts brief = Timeouts.DEFAULT.withIdle(Duration.ofMillis(300));
    Limits many = Limits.DEFAULT.withCommandsWithoutMail(Integer.MAX_VALUE);
    try (TestServer server = new TestServer(on(socket).timeouts(brief).limits(many));
        UnixClient client = UnixClient.connect(socket)) {
      client.hears("220 ");
      String helps = "HELP\r\n".repeat(1000);
      assertThatThrownBy(
              () -> {
                while (true) {
                  client.sends(helps);
                }
              })
          .isInstanceOf(IOException.class);
      assertThat(server.awaitEnded(1).values()).doesNotContain(CloseCause.QUIT, CloseCause.FAULT);
    }
  }

  @Test
  void aShutdownTellsWhoWaitsAndLetsOthersFinish() throws Exception {
    CountDownLatch isBusy = new CountDownLatch(1);
    SmtpHandler handler =
        (session, envelope, content) -> {
          isBusy.countDown();
          content.transferTo(java.io.OutputStream.nullOutputStream());
          return Reply.OK;
        };
    try (TestServer server = new TestServer(on(socket).handler(handler));
        UnixClient waiting = UnixClient.connect(socket);
        UnixClient busy = begun()) {
      waiting.hears("220 ");
      isBusy.await();
      Thread shutdown = Thread.ofVirtual().start(server.server()::close);
      waiting.hears("421 4.3.2 ").hearsTheEnd();
      assertThat(socket).doesNotExist();
      busy.sends("Hi\r\n.\r\n").hears("250 ").hears("421 4.3.2 ").hearsTheEnd();
      shutdown.join();
      assertThat(server.messages()).containsExactly("accepted");
    }
  }

  @Test
  void aSessionThatDoesNotEndIsCut() throws Exception {
    try (TestServer server = new TestServer(on(socket));
        UnixClient client = begun()) {
      assertThat(server.server().shutdown(Duration.ofMillis(50))).hasSize(1);
      client.hearsTheEnd();
    }
  }

  @Test
  void aClientOverTheErrorsHearsTheLastReplyThoughItSendsOn() throws Exception {
    Limits strict = Limits.DEFAULT.withErrors(1);
    try (TestServer server = new TestServer(on(socket).limits(strict));
        UnixClient client = UnixClient.connect(socket)) {
      client.sends("X\r\nY\r\n" + "Z\r\n".repeat(10_000));
      client.hears("220 ").hears("500 ").hears("421 4.7.0 ").hearsTheEnd();
      assertThat(server.awaitEnded(1).values()).containsExactly(CloseCause.REFUSED);
    }
  }

  @Test
  void clientsCountAmongAllAndNotEachForItself() throws Exception {
    Admission two = Admission.DEFAULT.withConnections(2).withConnectionsPerClient(1);
    try (TestServer server = new TestServer(on(socket).admission(two));
        UnixClient first = UnixClient.connect(socket);
        UnixClient second = UnixClient.connect(socket);
        UnixClient third = UnixClient.connect(socket)) {
      first.hears("220 ");
      second.hears("220 ");
      third.hears("421 ").hearsTheEnd();
      first.says("QUIT").hears("221 ");
      second.says("QUIT").hears("221 ");
      server.awaitEnded(2);
    }
  }

  private UnixClient begun() throws IOException {
    UnixClient client = UnixClient.connect(socket);
    client.hears("220 ").says("EHLO c.test").hears("250 ");
    client.says("MAIL FROM:<a@b.org>").hears("250 ").says("RCPT TO:<c@d.org>").hears("250 ");
    return client.says("DATA").hears("354 ");
  }

  private void leaveDead() throws IOException {
    try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      ServerSocketChannel unused = dead.bind(UnixDomainSocketAddress.of(socket));
    }
  }
}
