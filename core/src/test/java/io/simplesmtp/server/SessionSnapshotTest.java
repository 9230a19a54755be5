package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.Reply;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What an operator sees of a server that runs. */
class SessionSnapshotTest {

  @Test
  void eachSessionIsSeenWithWhatItDoesTheOldestFirst() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    SmtpHandler handler =
        (session, envelope, content) -> {
          content.readAllBytes();
          end.await();
          return Reply.OK;
        };
    try (TestServer server = TestServer.of(handler);
        Client idle = Client.greeted(server.port());
        Client sending = Client.greeted(server.port());
        Client sent = Client.greeted(server.port())) {
      sending.begun();
      sent.begun().sends("Hi\r\n.\r\n");
      awaitActivities(server, Activity.COMMAND, Activity.DATA, Activity.HANDLER);
      SessionSnapshot first = server.server().sessions().get(0);
      assertThat(first.session().hello().orElseThrow().name()).isEqualTo("client.test");
      assertThat(first.age()).isGreaterThanOrEqualTo(first.lasting()).isPositive();
      assertThat(server.server().memory()).isPositive();
      end.countDown();
      sent.hears("250 ");
      idle.says("QUIT").hears("221 ").hearsTheEnd();
      awaitActivities(server, Activity.DATA, Activity.COMMAND);
    }
  }

  @Test
  void aSessionThatWaitsForItsGreetingIsDelayed() throws Exception {
    Timeouts slow = Timeouts.DEFAULT.withGreetingDelay(Duration.ofMinutes(1));
    try (TestServer server = TestServer.of(TestServer.discard(), slow);
        Client client = Client.connect(server.port())) {
      awaitActivities(server, Activity.DELAY);
      client.leaves();
    }
  }

  @Test
  void aConnectionIsSeenBeforeItsFirstHandshake() throws Exception {
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    SmtpServer.Builder builder =
        SmtpServer.builder()
            .listen(Listener.submissions(free).withAuth(Auth.NONE))
            .tls(TlsConfig.selfSigned("mx.test"))
            .handler(TestServer.discard());
    try (TestServer server = new TestServer(builder);
        Client client = Client.connect(server.port())) {
      awaitActivities(server, Activity.HANDSHAKE);
      Session session = server.server().sessions().get(0).session();
      assertThat(session.connection().client()).isInstanceOf(InetSocketAddress.class);
      assertThat(session.tls()).isEmpty();
      client.leaves();
      server.awaitFailedHandshakes(1);
    }
  }

  private static void awaitActivities(TestServer server, Activity... activities) {
    Awaitility.await()
        .untilAsserted(() ->
            assertThat(server.server().sessions())
                .extracting(SessionSnapshot::activity)
                .isEqualTo(List.of(activities)));
  }
}
