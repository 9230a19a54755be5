package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.DataReply;
import io.simplesmtp.Envelope;
import io.simplesmtp.PerRecipient;
import io.simplesmtp.Reply;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
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
    try (WatchedServer server =
            new WatchedServer(lmtp(handler).hostname("mx.test").events(events));
        Client client = begun(server.port())) {
      client.sends("Hi\r\n.\r\n").hearsLine("452 4.2.2 Full").hearsLine("250 2.0.0 OK");
      assertThat(told)
          .containsExactly("2 have [452 4.2.2 Full, 250 2.0.0 OK]", "accepted: 250 2.0.0 OK");
    }
  }

  /** The engine closes, so it has no reply for each: what it says in other words is still one. */
  @Test
  void closingInOtherWordsForEachRecipientIsOneEnd() throws Exception {
    Queue<String> told = new ConcurrentLinkedQueue<>();
    SmtpHandler handler =
        new SmtpHandler() {
          private final AtomicInteger asked = new AtomicInteger();

          @Override
          public Reply data(Session session, Envelope envelope, InputStream content) {
            return Reply.of(421, "4.3.2", "Away");
          }

          @Override
          public Reply rephrase(Session session, String verb, Reply reply) {
            return reply.code() == 421
                ? Reply.of(421, "4.3.2", "Away " + asked.incrementAndGet())
                : reply;
          }

          @Override
          public void completed(
              Session session, Envelope envelope, DataReply reply, Outcome outcome) {
            told.add(reply + " " + outcome);
          }

          @Override
          public void reset(Session session, Envelope envelope) {
            told.add("reset");
          }
        };
    try (TestServer server = new TestServer(lmtp(handler));
        Client client = begun(server.port())) {
      client.sends("Hi\r\n.\r\n").hearsLine("421 4.3.2 Away 1").hearsLine("421 4.3.2 Away 2");
      client.hearsTheEnd();
      assertThat(server.awaitEnded(1)).containsValue(CloseCause.REFUSED);
      assertThat(told).containsExactly("421 4.3.2 Away 1 REPLIED");
    }
  }

  private static Client begun(int port) throws Exception {
    Client client = Client.connect(port).hears("220 mx.test LMTP");
    client.says("LHLO c.test").hears("250 ").says("MAIL FROM:<a@b.org>").hears("250 ");
    client.says("RCPT TO:<a@d.org>").hears("250 ").says("RCPT TO:<b@d.org>").hears("250 ");
    return client.says("DATA").hears("354 ");
  }
}
