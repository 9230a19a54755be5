package io.simplesmtp.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What all clients take together is bounded, and who comes too late is told to come again. */
class MemoryTest {

  @Test
  void aClientMoreThanThereIsRoomForHears421UntilAnotherHasLeft() throws Exception {
    try (TestServer server = new TestServer(settings().memory(1))) {
      try (Client first = Client.greeted(server.port());
          Client second = Client.connect(server.port())) {
        second.hears("421 mx.test Low on memory, try again later").hearsTheEnd();
        first.says("NOOP").hears("250 ");
      }
      awaitRoom(server);
    }
  }

  @Test
  void clientsThatComeAllAtOnceAreCountedAsTheyCome() throws Exception {
    List<Client> clients = new ArrayList<>();
    try (TestServer server = new TestServer(settings().memory(50_000))) {
      for (int i = 0; i < 50; i++) {
        clients.add(Client.connect(server.port()));
      }
      int in = 0;
      for (Client client : clients) {
        in += client.line().startsWith("220 ") ? 1 : 0;
      }
      assertThat(in).isBetween(1, 9);
      for (Client client : clients) {
        client.close();
      }
      awaitRoom(server);
    }
  }

  @Test
  void transactionsOfManyClientsAreBoundedTogether() throws Exception {
    String longest = "a".repeat(200) + "@" + "b".repeat(60) + "." + "c".repeat(60) + ".org";
    List<Client> clients = new ArrayList<>();
    try (TestServer server = new TestServer(settings().memory(500_000))) {
      int recipients = 0;
      for (int i = 0; i < 10; i++) {
        Client client = Client.greeted(server.port());
        clients.add(client);
        client.says("MAIL FROM:<a@b.org>").hears("250 ");
      }
      String reply = "250";
      while (reply.startsWith("250")) {
        reply = clients.get(recipients % 10).says("RCPT TO:<" + recipients + longest + ">").line();
        recipients++;
      }
      assertThat(reply).isEqualTo("452 4.3.1 Low on memory, try again later");
      assertThat(recipients).isBetween(100, 700);
      clients.get(0).says("MAIL FROM:<a@b.org>").hears("503 ");
      for (Client client : clients) {
        client.says("RSET").hears("250 ");
      }
      clients.get(0).says("MAIL FROM:<a@b.org>").hears("250 ");
      for (Client client : clients) {
        client.close();
      }
      awaitRoom(server);
    }
  }

  @Test
  void sessionsThatWereLetInCannotGrowWithoutEnd() throws Exception {
    long bound = 500_000;
    long margin = 1 << 20;
    Listener listener = TestServer.loopback().withAuth(Auth.OFFERED).withAuthWithoutTls(true);
    SmtpServer.Builder settings =
        SmtpServer.builder()
            .listen(listener)
            .passwords((session, user, password) -> Optional.empty())
            .handler(TestServer.discard())
            .memory(bound);
    List<Client> clients = new ArrayList<>();
    try (TestServer server = new TestServer(settings)) {
      for (int i = 0; i < 60; i++) {
        clients.add(Client.greeted(server.port()));
      }
      for (Client client : clients) {
        client.sends("AUTH PLAIN " + "A".repeat(9_000));
      }
      assertThat(server.awaitAnyEnd()).isEqualTo(CloseCause.REFUSED);
      assertThat(server.server().memory()).isBetween(bound, bound + margin + (64 << 10));
      int told = 0;
      for (Client client : clients) {
        client.ends();
        String heard = new String(client.socket().getInputStream().readAllBytes(), US_ASCII);
        assertThat(heard).matches("(421 4.3.2 mx.test Low on memory, try again later\r\n)?");
        told += heard.isEmpty() ? 0 : 1;
        client.close();
      }
      assertThat(told).isBetween(1, 40);
      awaitRoom(server);
    }
  }

  @Test
  void noneIsNoSetting() {
    assertThatThrownBy(() -> new WatchedServer(settings().listen(TestServer.loopback()).memory(0)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("memory: is at least 1");
  }

  private static SmtpServer.Builder settings() {
    return SmtpServer.builder().listen(TestServer.loopback()).handler(TestServer.discard());
  }

  private static void awaitRoom(TestServer server) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> {
          try (Client again = Client.connect(server.port())) {
            return again.line().startsWith("220 ");
          }
        });
  }
}
