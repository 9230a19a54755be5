package io.simplesmtp.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.simplesmtp.Reply;
import io.simplesmtp.server.Admission;
import io.simplesmtp.server.Limits;
import io.simplesmtp.server.Session;
import io.simplesmtp.server.SmtpServer;
import io.simplesmtp.server.Timeouts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * The rows of the README's table that are about the server as a whole. Those about AUTH and TLS are
 * in {@link SeedTableAccessTest}, those about mail in {@link SeedTableMailTest}.
 */
class SeedTableTest {

  private final Printed printed = new Printed();

  @Test
  void oneServerListensOnSeveralEndpointsWithRulesOfTheirOwn() throws Exception {
    try (SmtpServer server = WholeTable.start(0, 0, 0, printed.out())) {
      List<Integer> ports = List.of(server.port(0), server.port(1), server.port(2));
      assertThat(ports).doesNotHaveDuplicates().doesNotContain(0);
      try (Client open = Client.greeted(ports.get(0));
          Client strict = Client.greeted(ports.get(1));
          Client secure = Client.connect(ports.get(2)).secures()) {
        open.says("MAIL FROM:<a@b.org>").hears("250 ");
        strict.says("MAIL FROM:<a@b.org>").hears("530 ");
        secure.hears("220 ");
      }
    }
  }

  @Test
  void endLetsAMessageUnderWayBeFinished() throws Exception {
    SmtpServer server = start();
    int port = server.port();
    try (Client busy = Client.greeted(port);
        Client idle = Client.greeted(port)) {
      busy.begins("a@b.org", "ann@example.org");
      printed.awaits("<a@b.org> to <ann@example.org>");
      CompletableFuture<Void> end = CompletableFuture.runAsync(() -> WholeTable.end(server));
      idle.hears("421 4.3.2 mx.example.org ").hearsTheEnd();
      idle.leaves();
      assertThat(end).isNotDone();
      busy.sends("Hi\r\n.\r\n").hears("250 2.0.0 Queued as ").hears("421 4.3.2 ").hearsTheEnd();
      busy.leaves();
      server.awaitClosed();
      assertThatThrownBy(() -> Client.connect(port)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void endNamesTheSessionsThatItCut() throws Exception {
    SmtpServer server = start();
    try (Client client = Client.greeted(server.port())) {
      client.begins("a@b.org", "ann@example.org");
      List<Session> cut = server.shutdown(Duration.ofMillis(50));
      assertThat(cut)
          .singleElement()
          .satisfies(session -> {
            assertThat(session.hello().orElseThrow().name()).isEqualTo("client.test");
          });
    }
  }

  @Test
  void theHostnameStandsInGreetingAnswerToEhloAnd421() throws Exception {
    try (SmtpServer server = start(printing().limits(Limits.DEFAULT.withErrors(1)));
        Client client = Client.connect(server.port())) {
      client.hears("220 mx.example.org ESMTP ").says("EHLO client.test");
      assertThat(client.reply()).startsWith("250-mx.example.org\n");
      client.says("HELO client.test").hears("250 mx.example.org");
      client.says("WHAT").hears("500 ").says("EVER").hears("421 4.7.0 mx.example.org ");
    }
  }

  @Test
  void theHostnameIsThisMachinesByDefault() throws Exception {
    Path told = Path.of("/proc/sys/kernel/hostname");
    assumeTrue(
        Files.isReadable(told), "skipped: this kind of system tells its name in another way");
    SmtpServer.Builder settings =
        SmtpServer.builder().handler((session, envelope, content) -> Reply.OK);
    try (SmtpServer server = start(settings);
        Client client = Client.connect(server.port())) {
      assertThat(client.reply()).isEqualTo("220 " + Files.readString(told).strip() + " ESMTP");
    }
  }

  @Test
  void theBannerEndsTheGreeting() throws Exception {
    try (SmtpServer server = start();
        Client client = Client.connect(server.port())) {
      assertThat(client.reply()).isEqualTo("220 mx.example.org ESMTP at your service");
    }
  }

  @Test
  void eventsShowTheDialogueWithoutSecrets() throws Exception {
    try (SmtpServer server = start()) {
      converse(server.port());
      printed.awaits("closed: QUIT");
    }
    assertThat(printed.text())
        .contains("C: EHLO client.test", "C: AUTH PLAIN ***", "C: AUTH LOGIN", "C: ***")
        .contains("S: 235 2.7.0 ", "C: MAIL FROM:<a@b.org>", "S: 354 ", "S: 221 ")
        .contains("accepted <a@b.org> to <ann@example.org>, 4 octets");
    assertNoSecretIn(printed.text());
  }

  @Test
  void theLogShowsTheDialogueWithoutSecretsAtDebugLevel() throws Exception {
    Logger logger = Logger.getLogger("io.simplesmtp.dialogue");
    Recorder recorder = new Recorder();
    logger.addHandler(recorder);
    logger.setLevel(Level.FINE);
    logger.setUseParentHandlers(false);
    try (SmtpServer server = start()) {
      converse(server.port());
      Awaitility.await().until(() -> recorder.text().contains("closed: QUIT"));
    } finally {
      logger.removeHandler(recorder);
      logger.setLevel(null);
      logger.setUseParentHandlers(true);
    }
    assertThat(recorder.text())
        .contains(" connected from 127.0.0.1", " C: EHLO client.test", " C: AUTH PLAIN ***")
        .contains(" C: AUTH LOGIN", " S: 334 ", " C: ***", " S: 235 2.7.0 ", " S: 354 ");
    assertNoSecretIn(recorder.text());
  }

  @Test
  void aClientThatSaysNothingHears421AndIsClosed() throws Exception {
    Timeouts impatient = Timeouts.DEFAULT.withIdle(Duration.ofMillis(150));
    try (SmtpServer server = start(printing().timeouts(impatient));
        Client client = Client.greeted(server.port())) {
      client.hears("421 4.4.2 mx.example.org ").hearsTheEnd();
      printed.awaits("closed: TIMEOUT");
    }
  }

  @Test
  void oneClientMoreThanMaxClientsHears421() throws Exception {
    try (SmtpServer server = start(printing().admission(Admission.DEFAULT.withConnections(1)));
        Client first = Client.greeted(server.port())) {
      try (Client second = Client.connect(server.port())) {
        second.hears("421 mx.example.org ").hearsTheEnd();
      }
      first.says("NOOP").hears("250 ").says("QUIT").hears("221 ").hearsTheEnd();
      Awaitility.await()
          .until(() -> {
            try (Client third = Client.connect(server.port())) {
              return third.reply().startsWith("220 ");
            }
          });
    }
  }

  @Test
  void theCloseEventTellsWhy() throws Exception {
    try (SmtpServer server = start()) {
      Client.greeted(server.port()).leaves();
      printed.awaits("\nclosed: CLIENT_GONE");
      try (Client client = Client.greeted(server.port())) {
        client.says("QUIT").hears("221 2.0.0 mx.example.org ").hearsTheEnd();
      }
      printed.awaits("\nclosed: QUIT");
    }
  }

  @Test
  void noopIsAnsweredInEveryPhase() throws Exception {
    try (SmtpServer server = start();
        Client client = Client.connect(server.port())) {
      client.hears("220 ").says("NOOP").hears("250 2.0.0 OK");
      client.says("EHLO client.test").hears("250 ").says("NOOP with words").hears("250 ");
      client.says("MAIL FROM:<a@b.org>").hears("250 ").says("noop").hears("250 ");
      client.says("RCPT TO:<ann@example.org>").hears("250 ").says("NOOP").hears("250 ");
      client.says("DATA").hears("354 ");
    }
  }

  @Test
  void disableEhloIsAHandlersAnswer() throws Exception {
    SmtpServer.Builder settings = SmtpServer.builder().handler(new HeloOnly());
    try (SmtpServer server = start(settings);
        Client client = Client.connect(server.port())) {
      client.hears("220 ").says("EHLO client.test");
      assertThat(client.reply()).isEqualTo("502 Say HELO");
      client.says("MAIL FROM:<a@b.org>").hears("503 ");
      client.says("HELO client.test").hears("250 ");
      client.says("MAIL FROM:<a@b.org> SIZE=4").hears("555 ");
      client.begins("a@b.org", "c@d.org").sends("Hi\r\n.\r\n").hears("250 ");
    }
  }

  /** Sends a message as a user who proves it in two ways, and quits. */
  private static void converse(int port) throws Exception {
    try (Client client = Client.greeted(port).startsTls()) {
      client.says("AUTH LOGIN").hears("334 ").says(Client.base64("ann@example.org")).hears("334 ");
      client.says(Client.base64("wrong-secret")).hears("535 ");
      client.authenticates("ann@example.org", "secret").hears("235 ");
      client.begins("a@b.org", "ann@example.org").sends("Hi\r\n.\r\n").hears("250 ");
      client.says("QUIT").hears("221 ");
    }
  }

  private static void assertNoSecretIn(String text) {
    assertThat(text)
        .doesNotContain("secret")
        .doesNotContain(Client.base64("wrong-secret"))
        .doesNotContain(Client.base64("ann@example.org"))
        .doesNotContain(Client.base64("\0ann@example.org\0secret"));
  }

  private SmtpServer.Builder printing() {
    return WholeTable.settings(printed.out());
  }

  private SmtpServer start() throws IOException {
    return start(printing());
  }

  private static SmtpServer start(SmtpServer.Builder settings) throws IOException {
    return settings.listen(Endpoints.plain(0)).start();
  }

  private static final class Recorder extends Handler {

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final SimpleFormatter formatter = new SimpleFormatter();

    String text() {
      return String.join("\n", lines);
    }

    @Override
    public void publish(LogRecord line) {
      lines.add(formatter.formatMessage(line));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
