package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplesmtp.Reply;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The lines that a server's log has for its sessions and messages. */
class EventLogTest {

  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final EventLog log = new EventLog(lines::add);

  @Test
  void eachMessageAndEachSessionHasItsLine() throws Exception {
    SmtpHandler handler =
        (session, envelope, content) ->
            content.readAllBytes().length > 2
                ? Reply.ok("Queued")
                : Reply.of(554, "5.6.0", "\"No\"");
    try (WatchedServer server = start(handler, Admission.DEFAULT);
        Client client = Client.greeted(server.port())) {
      client.begun().sends("Hi\r\n.\r\n").hears("250 ");
      client.says("MAIL FROM:<>").hears("250 ");
      for (String name : List.of("a", "b", "c", "d")) {
        client.says("RCPT TO:<" + name + "@d.org>").hears("250 ");
      }
      client.says("DATA").hears("354 ").sends(".\r\n").hears("554 ");
      client.says("QUIT").hears("221 ").hearsTheEnd();
    }
    assertThat(lines).hasSize(3);
    String port = "client=127.0.0.1 port=[0-9]+ ";
    String id = "[a-z0-9-]+";
    assertThat(lines.poll())
        .matches(
            "accepted session="
                + id
                + " "
                + port
                + "message="
                + id
                + " from=\\S+ to=\\S+ recipients=1 reply=\"250 2.0.0 Queued\" octets=4");
    assertThat(lines.poll())
        .matches(
            "refused session="
                + id
                + " "
                + port
                + "message="
                + id
                + " from=<> to=<a@d.org>,<b@d.org>,<c@d.org> recipients=4"
                + " reply=\"554 5.6.0 .u\\{22}No.u\\{22}\"");
    assertThat(lines.poll())
        .matches(
            "session session="
                + id
                + " "
                + port
                + "hello=client.test accepted=1 refused=1 millis=[0-9]+ end=QUIT");
  }

  @Test
  void whoIsTurnedAwayAndWhoFailsToAuthenticateHasALine() throws Exception {
    try (WatchedServer server = start(TestServer.discard(), Admission.DEFAULT.withConnections(1));
        Client client = Client.greeted(server.port())) {
      try (Client second = Client.connect(server.port())) {
        second.hears("421 ").hearsTheEnd();
      }
      client.says("AUTH PLAIN AGFubgBwdWJsaWM=").hears("535 ");
      client.says("AUTH PLAIN AGFubgBzZWNyZXQ=").hears("235 ");
      client.says("QUIT").hears("221 ").hearsTheEnd();
    }
    assertThat(lines).hasSize(3);
    assertThat(lines.poll())
        .matches("turned-away client=127.0.0.1 port=[0-9]+ reply=\"421 4.3.2 .*Too many .*\"");
    assertThat(lines.poll())
        .matches("auth-failed .* mechanism=PLAIN reply=\"535 5.7.8 Authentication .*\"");
    assertThat(lines.poll()).matches("session .* user=ann accepted=0 refused=0 .*");
  }

  @Test
  void aFloodOfOneKindHidesNoOther() {
    ConnectionInfo connection =
        new ConnectionInfo(
            new InetSocketAddress("192.0.2.1", 9), new InetSocketAddress(25), Listener.smtp(25));
    for (int i = 0; i < 5000; i++) {
      log.turnedAway(connection, Reply.of(421, "4.7.0", "Too many"));
    }
    lines.clear();
    Session session =
        new Session("S1", connection, Optional.empty(), Optional.empty(), Optional.empty());
    log.authenticationFailed(session, "PLAIN", Reply.of(535, "5.7.8", "No"));
    assertThat(lines).singleElement().asString().startsWith("auth-failed session=S1 ");
  }

  @Test
  void aFloodOfSessionsIsLimitedButAcceptedMessagesAreNot() throws Exception {
    ConnectionInfo connection =
        new ConnectionInfo(
            new InetSocketAddress("192.0.2.1", 9), new InetSocketAddress(25), Listener.smtp(25));
    for (int i = 0; i < 5000; i++) {
      log.turnedAway(connection, Reply.of(421, "4.7.0", "Too many"));
    }
    assertThat(lines.size()).isBetween(1000, 4000);
    lines.clear();
    try (WatchedServer server = start(TestServer.discard(), Admission.DEFAULT);
        Client client = Client.greeted(server.port())) {
      client.begun().sends("Hi\r\n.\r\n").hears("250 ");
    }
    assertThat(lines).anyMatch(line -> line.startsWith("accepted "));
    Awaitility.await()
        .until(() -> {
          log.turnedAway(connection, Reply.of(421, "4.7.0", "Too many"));
          return lines.stream()
              .anyMatch(line -> line.matches("left-out event=turned-away lines=[0-9]+"));
        });
  }

  @Test
  void byDefaultTheLogIsThatOfTheSystem() throws Exception {
    Queue<String> records = new ConcurrentLinkedQueue<>();
    Logger logger = Logger.getLogger("io.simplesmtp.events");
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            records.add(record.getLevel() + " " + record.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
    try {
      new EventLog()
          .turnedAway(
              new ConnectionInfo(
                  new InetSocketAddress("192.0.2.1", 9),
                  new InetSocketAddress(25),
                  Listener.smtp(25)),
              Reply.of(421, "4.7.0", "{0} too many"));
    } finally {
      logger.removeHandler(handler);
      logger.setUseParentHandlers(true);
    }
    assertThat(records)
        .containsExactly(
            "INFO turned-away client=192.0.2.1 port=25 reply=\"421 4.7.0 {0} too many\"");
  }

  @Test
  void observersAreToldWhateverOneOfThemThrows() {
    Queue<String> told = new ConcurrentLinkedQueue<>();
    ServerEvents faulty =
        new ServerEvents() {
          @Override
          public void closed(Session session, CloseCause cause) {
            throw new AssertionError("fault");
          }
        };
    ServerEvents last =
        new ServerEvents() {
          @Override
          public void closed(Session session, CloseCause cause) {
            told.add(session.id() + " " + cause);
          }
        };
    InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 25);
    Session session =
        new Session(
            "S1",
            new ConnectionInfo(here, here, Listener.smtp(25)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    ServerEvents all = ServerEvents.all(faulty, log, last);
    assertThatThrownBy(() -> all.closed(session, CloseCause.QUIT)).hasMessage("fault");
    assertThat(told).containsExactly("S1 QUIT");
    assertThat(lines).hasSize(1);
  }

  private WatchedServer start(SmtpHandler handler, Admission admission) throws Exception {
    return new WatchedServer(
        SmtpServer.builder()
            .hostname("mx.test")
            .listen(TestServer.loopback().withAuth(Auth.OFFERED).withAuthWithoutTls(true))
            .passwords((session, user, password) ->
                password.equals("secret") ? Optional.of(user) : Optional.empty())
            .admission(admission)
            .events(log)
            .handler(handler));
  }
}
