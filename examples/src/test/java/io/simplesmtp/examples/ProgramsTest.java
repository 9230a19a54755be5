package io.simplesmtp.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplesmtp.Mailbox;
import io.simplesmtp.server.Listener;
import io.simplesmtp.server.SmtpServer;
import io.simplesmtp.server.TlsConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of the README. */
class ProgramsTest {

  /** Stuffed dots, octets over 127, an empty line at the end. */
  private static final String SENT = "Subject: \u00e4\r\n\r\n..\r\n..dot\r\n\r\n.\r\n";

  private static final String STORED = "Subject: \u00e4\r\n\r\n.\r\n.dot\r\n\r\n";

  @Test
  void sixLinesAreAServer() throws Exception {
    FutureTask<Boolean> program =
        new FutureTask<>(() -> {
          SixLines.main("0");
          return true;
        });
    Thread thread = Thread.ofPlatform().start(program);
    Awaitility.await().until(() -> acceptingPort().isPresent());
    try (Client client = Client.greeted(acceptingPort().orElseThrow())) {
      client.begins("a@b.org", "c@d.org").sends(SENT).hears("250 2.0.0 OK");
      client.says("QUIT").hears("221 ");
    } finally {
      thread.interrupt();
    }
    assertThatThrownBy(() -> program.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(InterruptedException.class);
    assertThat(acceptingPort()).isEmpty();
  }

  @Test
  void theSavedFileIsTheMessageOctetByOctet(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("message.txt");
    try (SmtpServer server = SaveToFile.start(0, file);
        Client client = Client.greeted(server.port())) {
      client.begins("a@b.org", "c@d.org").sends(SENT).hears("250 2.0.0 Queued as ABC1");
      assertThat(file).hasBinaryContent(latin1(STORED));
      client.begins("a@b.org", "c@d.org").sends("Second\r\n.\r\n").hears("250 ");
      assertThat(file).hasBinaryContent(latin1("Second\r\n"));
    }
    assertThat(names(folder)).containsExactly("message.txt");
  }

  @Test
  void anAbortedTransferSavesNothing(@TempDir Path folder) throws Exception {
    try (SmtpServer server = SaveToFile.start(0, folder.resolve("message.txt"))) {
      try (Client client = Client.greeted(server.port())) {
        client.begins("a@b.org", "c@d.org").sends("x".repeat(900) + "\r\nhalf a mess");
        Awaitility.await().until(() -> names(folder).size() == 1);
      }
      Awaitility.await().until(() -> names(folder).isEmpty());
      try (Client client = Client.greeted(server.port())) {
        client.begins("a@b.org", "c@d.org").sends("bare\nline feed\r\n.\r\n").hears("554 ");
        assertThat(names(folder)).isEmpty();
      }
    }
  }

  @Test
  void theInboxKeepsMailForItsUsersOnly(@TempDir Path folder) throws Exception {
    try (SmtpServer server = inbox(folder);
        Client client = Client.greeted(server.port())) {
      client.says("MAIL FROM:<a@b.org>").hears("250 ");
      client.says("RCPT TO:<eve@example.org>").hears("550 5.1.1 ");
      client.says("RCPT TO:<ann@elsewhere.org>").hears("550 5.1.1 ");
      client.says("RCPT TO:<Postmaster>").hears("250 ");
      client.says("RCPT TO:<ann@EXAMPLE.org>").hears("250 ");
      client.says("DATA").hears("354 ").sends(SENT);
      String reply = client.reply();
      assertThat(reply).startsWith("250 2.0.0 Queued as ");
      String id = reply.substring(reply.lastIndexOf(' ') + 1);
      assertThat(folder.resolve(id + ".eml")).hasBinaryContent(latin1(STORED));
    }
    assertThat(names(folder)).hasSize(1);
  }

  @Test
  void theInboxTakesSubmissionsFromItsUsers(@TempDir Path folder) throws Exception {
    try (SmtpServer server = inbox(folder)) {
      int submission = server.port(1);
      int submissions = server.port(2);
      try (Client startTls = Client.greeted(submission);
          Client implicit = Client.connect(submissions).secures()) {
        startTls.says("MAIL FROM:<ann@example.org>").hears("530 5.7.0 Must issue a STARTTLS");
        startTls.startsTls().says("MAIL FROM:<ann@example.org>").hears("530 5.7.0 Auth");
        startTls.authenticates("ann", "secret").hears("235 ");
        startTls.begins("ann@example.org", "carl@elsewhere.org").sends(SENT).hears("250 ");
        implicit.hears("220 ").says("EHLO client.test").hears("250 ");
        implicit.authenticates("ann", "secret").hears("235 ");
        implicit.begins("ann@example.org", "bob@example.org").sends(SENT).hears("250 ");
      }
    }
    assertThat(names(folder)).hasSize(2).allMatch(name -> name.endsWith(".eml"));
  }

  @Test
  void eachSessionHasItsOwnHandler() throws Exception {
    try (SmtpServer server = NoGuessing.start(0, Set.of("ann"));
        Client guessing = Client.greeted(server.port());
        Client honest = Client.greeted(server.port())) {
      guessing.says("MAIL FROM:<a@b.org>").hears("250 ");
      honest.says("MAIL FROM:<a@b.org>").hears("250 ");
      guessing.says("RCPT TO:<eve@example.org>").hears("550 ");
      guessing.says("RCPT TO:<eva@example.org>").hears("550 ");
      honest.says("RCPT TO:<anne@example.org>").hears("550 ");
      guessing.says("RCPT TO:<eva@example.org>").hears("421 4.7.0 ").hearsTheEnd();
      honest.says("RCPT TO:<ann@example.org>").hears("250 ");
    }
  }

  @Test
  void theExchangeAsksItsPoliciesFirst(@TempDir Path folder) throws Exception {
    try (SmtpServer server = MailExchange.start(0, folder);
        Client client = Client.greeted(server.port())) {
      client.says("MAIL FROM:<a@blocked.example>").hears("550 5.7.1 Your domain is blocked");
      client.says("MAIL FROM:<a@b.org>").hears("250 ");
      client.says("RCPT TO:<eve@elsewhere.org>").hears("550 5.7.1 Relaying denied");
      client.says("RCPT TO:<ann@example.org>").hears("250 ");
      client.says("RCPT TO:<bob@example.org>").hears("250 ").says("DATA").hears("354 ");
      String forged = "Authentication-Results: mx.example.org; auth=pass\r\n";
      client.sends(forged + "Subject: Hi\r\n\r\nHi\r\n.\r\n").hears("250 2.0.0 Queued as ");
      client.begins("a@b.org", "ann@example.org");
      client.sends("Received: x\r\n".repeat(101) + "\r\n.\r\n").hears("554 5.4.6 ");
      client.says("QUIT").hears("221 2.0.0 Thank you, come again").hearsTheEnd();
    }
    assertThat(names(folder)).hasSize(2);
    for (String name : names(folder)) {
      String message = Files.readString(folder.resolve(name));
      assertThat(message)
          .startsWith("Authentication-Results: mx.example.org;\r\n\tauth=none\r\nReceived: from ")
          .endsWith("\r\nSubject: Hi\r\n\r\nHi\r\n")
          .doesNotContain("auth=pass");
    }
  }

  private static SmtpServer inbox(Path folder) throws IOException {
    Inbox inbox = new Inbox(Set.of(Mailbox.parse("ann@example.org")), folder);
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return Inbox.settings(inbox, Inbox::verify, TlsConfig.selfSigned("mx.example.org"))
        .listen(Listener.smtp(free))
        .listen(Listener.submission(free))
        .listen(Listener.submissions(free))
        .start();
  }

  /** The port of the one server that runs, which its accepting thread is named after. */
  private static Optional<Integer> acceptingPort() {
    String prefix = "smtp-accept-";
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith(prefix))
        .map(name -> Integer.valueOf(name.substring(prefix.length())))
        .findAny();
  }

  private static Set<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return Set.copyOf(files.map(file -> file.getFileName().toString()).toList());
    }
  }

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
