package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.DataReply;
import io.simplesmtp.Envelope;
import io.simplesmtp.Reply;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a handler is told of the ends of transactions, and how it words replies. */
class HandlerNoticesTest {

  /** Takes a message only when it is let, and notes what became of it. */
  private static final class Slow implements SmtpHandler {
    private final CountDownLatch isAsked = new CountDownLatch(1);
    private final CountDownLatch mayAnswer = new CountDownLatch(1);
    private final Queue<String> told = new ConcurrentLinkedQueue<>();

    @Override
    public DataReply data(Session session, Envelope envelope, InputStream content)
        throws Exception {
      content.readAllBytes();
      isAsked.countDown();
      mayAnswer.await();
      return Reply.ok("Taken");
    }

    @Override
    public void completed(Session session, Envelope envelope, DataReply reply, Outcome outcome) {
      told.add(envelope + " " + reply + " " + outcome);
    }

    @Override
    public void reset(Session session, Envelope envelope) {
      told.add("reset");
    }
  }

  @ParameterizedTest
  @CsvSource({"false, REPLIED", "true, NOT_REPLIED"})
  void aFinalReplyThatCannotBeWrittenIsTold(boolean isReset, Outcome outcome) throws Exception {
    Slow handler = new Slow();
    try (TestServer server = TestServer.of(handler);
        Client client = Client.greeted(server.port())) {
      client.begun().sends("Hi\r\n.\r\n");
      assertThat(handler.isAsked.await(20, TimeUnit.SECONDS)).isTrue();
      if (isReset) {
        client.resets();
        handler.mayAnswer.countDown();
      } else {
        handler.mayAnswer.countDown();
        client.hears("250 2.0.0 Taken").says("QUIT").hears("221 ");
      }
      server.awaitEnded(1);
      assertThat(handler.told).containsExactly("<a@b.org> to <c@d.org> 250 2.0.0 Taken " + outcome);
      assertThat(server.messages()).containsExactly("accepted");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NOOP | 250 2.0.0 OK      | 251 2.0.0 Another code",
        "NOOP | 250 2.0.0 OK      | 250 No status",
        "RSET | 250 2.0.0 Reset   | 550 5.0.0 A refusal",
        "HELO | 501 One domain    | 501 5.5.4 A status",
        "''   | 220 mx.test ESMTP | 220 elsewhere ESMTP",
        "''   | 220 mx.test ESMTP | 220 mx.test.example ESMTP",
        "''   | 220 mx.test ESMTP | 220 2.0.0 mx.test ESMTP",
      })
  void anIllegalChangeIsLoggedOnceAndNotMade(String verb, String sent, String changed)
      throws Exception {
    int code = Integer.parseInt(changed.substring(0, 3));
    String[] words = changed.split(" ", 3);
    boolean hasStatus = words[1].matches("\\d\\.\\d\\.\\d");
    Reply other =
        hasStatus
            ? Reply.of(code, words[1], words[2])
            : new Reply(code, Optional.empty(), List.of(changed.substring(4)));
    SmtpHandler handler =
        new SmtpHandler() {
          @Override
          public DataReply data(Session session, Envelope envelope, InputStream content) {
            return Reply.OK;
          }

          @Override
          public Reply rephrase(Session session, String asked, Reply reply) {
            return asked.equals(verb) ? other : reply;
          }
        };
    try (TestServer server = TestServer.of(handler);
        Client client = Client.connect(server.port())) {
      if (verb.isEmpty()) {
        client.hears(sent);
      } else {
        client.hears("220 ").says(verb).hears(sent).says(verb).hears(sent);
      }
      client.says("QUIT").hears("221 ").hearsTheEnd();
      assertThat(server.takeFault().getMessage()).contains("fault in rephrase");
    }
  }

  @Test
  void theGreetingOfAnotherClientBeginsWithTheHostToo() throws Exception {
    SmtpHandler handler =
        new SmtpHandler() {
          @Override
          public DataReply data(Session session, Envelope envelope, InputStream content) {
            return Reply.OK;
          }

          @Override
          public Reply rephrase(Session session, String verb, Reply reply) {
            return verb.equals("XCLIENT")
                ? new Reply(220, Optional.empty(), List.of("elsewhere ESMTP"))
                : reply;
          }
        };
    Trust trust =
        Trust.NOBODY.withXclients(Network.parse("127.0.0.1/32"), Network.parse("::1/128"));
    Listener listener = TestServer.loopback().withTrust(trust);
    try (TestServer server =
            new TestServer(SmtpServer.builder().listen(listener).handler(handler));
        Client client = Client.greeted(server.port())) {
      client.says("XCLIENT ADDR=192.0.2.1").hears("220 mx.test ESMTP");
      assertThat(server.takeFault().getMessage()).contains("fault in rephrase");
    }
  }

  @Test
  @SuppressWarnings("NullAway") // what an application without null checks may do
  void nothingIsNoReply() throws Exception {
    SmtpHandler handler =
        new SmtpHandler() {
          @Override
          public DataReply data(Session session, Envelope envelope, InputStream content) {
            return Reply.OK;
          }

          @Override
          public Reply rephrase(Session session, String asked, Reply reply) {
            Thread.currentThread().interrupt();
            return null;
          }
        };
    try (TestServer server = TestServer.of(handler);
        Client client = Client.greeted(server.port())) {
      client.begun().sends("Hi\r\n.\r\n").hears("250 2.0.0 OK");
      server.takeFault();
    }
  }
}
