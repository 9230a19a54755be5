package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.MailDataException;
import io.simplesmtp.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class HostileClientTest {

  @Test
  void aClientThatLeavesInMailDataSurfacesInTheHandler() throws Exception {
    Queue<Exception> seen = new ConcurrentLinkedQueue<>();
    SmtpHandler handler =
        (session, envelope, content) -> {
          try {
            content.readAllBytes();
          } catch (IOException e) {
            seen.add(e);
            throw e;
          }
          return Reply.OK;
        };
    try (TestServer server = TestServer.of(handler)) {
      try (Client client = Client.greeted(server.port())) {
        client.begun().sends("half a mess");
      }
      assertThat(server.awaitEnded(1)).containsValue(CloseCause.CLIENT_GONE);
      assertThat(seen).singleElement().isInstanceOf(MailDataException.class);
      assertThat(server.messages()).containsExactly("refused");
    }
  }

  @Test
  void aHandlerThatBlocksWhileItsClientLeavesHoldsUpNobodyElse() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch blocked = new CountDownLatch(1);
    SmtpHandler handler =
        (session, envelope, content) -> {
          if (envelope.recipients().get(0).mailbox().localPart().equals("c")) {
            blocked.countDown();
            release.await();
          }
          return Reply.OK;
        };
    try (TestServer server = TestServer.of(handler)) {
      Client gone = Client.greeted(server.port());
      gone.begun();
      assertThat(blocked.await(20, TimeUnit.SECONDS)).isTrue();
      gone.resets();
      try (Client good = Client.greeted(server.port())) {
        good.says("MAIL FROM:<>").hears("250 ").says("RCPT TO:<x@d.org>").hears("250 ");
        good.says("DATA").hears("354 ").sends(".\r\n").hears("250 ");
        good.says("QUIT").hears("221 ");
      }
      server.awaitEnded(1);
      release.countDown();
      assertThat(server.awaitEnded(2)).containsValue(CloseCause.CLIENT_GONE);
    }
  }

  @Test
  void connectionsAreCountedInAllAndForEachClient() throws Exception {
    SmtpServer.Builder settings =
        SmtpServer.builder()
            .listen(TestServer.loopback())
            .listen(
                TestServer.loopback().withAdmission(Admission.DEFAULT.withConnectionsPerClient(1)))
            .admission(Admission.DEFAULT.withConnections(2))
            .handler(TestServer.discard());
    try (TestServer server = new TestServer(settings)) {
      int second = server.server().port(1);
      try (Client one = Client.greeted(second)) {
        // Heard before the next one comes: a connection counts until it is refused.
        try (Client same = Client.connect(second)) {
          same.hears("421 mx.test Too many connections from your address").hearsTheEnd();
        }
        try (Client two = Client.greeted(server.port());
            Client three = Client.connect(server.port())) {
          three.hears("421 mx.test Too many connections, try").hearsTheEnd();
          one.says("QUIT").hears("221 ").hearsTheEnd();
          two.says("NOOP").hears("250 ");
        }
      }
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> {
            try (Client again = Client.connect(second)) {
              return again.line().startsWith("220 ");
            }
          });
    }
  }
}
