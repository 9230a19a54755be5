package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.Envelope;
import io.simplesmtp.PerRecipient;
import io.simplesmtp.Reply;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** What no transcript shows of replies for each recipient: faults of handlers, and events. */
class LmtpTest {

  private static final Reply FULL = Reply.of(452, "4.2.2", "Full");

  private static SmtpServer.Builder lmtp(SmtpHandler handler) {
    return SmtpServer.builder()
        .listen(Listener.lmtp(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)))
        .handler(handler);
  }

  @Test
  void aReplyTooFewIsAFaultAndSaidToEach() throws Exception {
    try (TestServer server =
            new TestServer(lmtp((s, e, c) -> new PerRecipient(List.of(Reply.OK))));
        Client client = begun(server.port())) {
      client.sends("Hi\r\n.\r\n").hearsLine("451 4.3.0 Local error in processing");
      client.hearsLine("451 4.3.0 Local error in processing");
      assertThat(server.takeFault().getThrown()).hasMessageContaining("Not a reply for each");
      assertThat(client.ask("NOOP")).startsWith("250 ");
    }
  }

  @Test
  void theObserverLearnsOfEachRecipientAndOnceOfTheMessage() throws Exception {
    Queue<String> told = new ConcurrentLinkedQueue<>();
    ServerEvents events =
        new ServerEvents() {
          @Override
          public void perRecipient(Session session, Envelope envelope, PerRecipient replies) {
            told.add(envelope.recipients().size() + " have " + replies.replies());
          }

          @Override
          public void accepted(Session session, Envelope envelope, long octets, Reply reply) {
            told.add("accepted: " + reply);
          }

          @Override
          public void refused(Session session, Envelope envelope, Reply reply) {
            told.add("refused: " + reply);
          }
        };
    SmtpHandler handler = (s, e, c) -> new PerRecipient(List.of(FULL, Reply.OK));
    try (SmtpServer server = lmtp(handler).hostname("mx.test").events(events).start();
        Client client = begun(server.port())) {
      client.sends("Hi\r\n.\r\n").hearsLine("452 4.2.2 Full").hearsLine("250 2.0.0 OK");
      assertThat(told)
          .containsExactly("2 have [452 4.2.2 Full, 250 2.0.0 OK]", "accepted: 250 2.0.0 OK");
    }
  }

  private static Client begun(int port) throws Exception {
    Client client = Client.connect(port).hears("220 mx.test LMTP");
    client.says("LHLO c.test").hears("250 ").says("MAIL FROM:<a@b.org>").hears("250 ");
    client.says("RCPT TO:<a@d.org>").hears("250 ").says("RCPT TO:<b@d.org>").hears("250 ");
    return client.says("DATA").hears("354 ");
  }
}
