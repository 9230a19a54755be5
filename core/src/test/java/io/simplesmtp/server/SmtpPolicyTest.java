package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.DataReply;
import io.simplesmtp.Envelope;
import io.simplesmtp.Hello;
import io.simplesmtp.MailFrom;
import io.simplesmtp.Mailbox;
import io.simplesmtp.RcptTo;
import io.simplesmtp.Reply;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Policies are asked in their order, the first refusal ends the matter, all hear of the end. */
class SmtpPolicyTest {

  private final Queue<String> asked = new ConcurrentLinkedQueue<>();

  /** Notes what it is asked, and refuses in one place. */
  private final class Noting implements SmtpPolicy {
    private final String name;
    private final String refuses;

    Noting(String name, String refuses) {
      this.name = name;
      this.refuses = refuses;
    }

    private Optional<Reply> judge(String place) {
      asked.add(name + " " + place);
      return place.equals(refuses)
          ? Optional.of(Reply.of(450, "4.7.1", "Refused by " + name))
          : Optional.empty();
    }

    @Override
    public Optional<Reply> connect(Session session) {
      return judge("connect");
    }

    @Override
    public Optional<Reply> hello(Session session, Hello hello) {
      return judge("hello");
    }

    @Override
    public Optional<Reply> authenticated(Session session) {
      return judge("authenticated");
    }

    @Override
    public Optional<Reply> mail(Session session, MailFrom from) {
      return judge("mail");
    }

    @Override
    public Optional<Reply> rcpt(Session session, Envelope soFar, RcptTo to) {
      return judge("rcpt");
    }

    @Override
    public Optional<Reply> beforeData(Session session, Envelope envelope) {
      return judge("beforeData");
    }

    @Override
    public DataReply data(Session session, Envelope envelope, InputStream content, Next next)
        throws Exception {
      Optional<Reply> refusal = judge("data");
      return refusal.isPresent() ? refusal.get() : next.data(envelope, content);
    }

    @Override
    public void completed(Session session, Envelope envelope, DataReply reply, Outcome outcome) {
      asked.add(name + " completed");
    }

    @Override
    public void reset(Session session, Envelope envelope) {
      asked.add(name + " reset");
    }

    @Override
    public void closed(Session session, CloseCause cause) {
      asked.add(name + " closed");
      throw new IllegalStateException(name);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "connect, 421 mx.test Refused by b",
    "hello, 450 Refused by b",
    "mail, 450 4.7.1 Refused by b",
    "rcpt, 450 4.7.1 Refused by b",
    "beforeData, 450 4.7.1 Refused by b",
    "data, 450 4.7.1 Refused by b",
    "nothing, 250 2.0.0 Taken",
  })
  void theFirstRefusalWins(String place, String heard) throws Exception {
    SmtpServer.Builder settings =
        SmtpServer.builder()
            .listen(TestServer.loopback())
            .policies(new Noting("a", "nothing"), new Noting("b", place))
            .policies(new Noting("c", place))
            .handlerPerSession(session -> (s, envelope, content) -> Reply.ok("Taken"));
    try (TestServer server = new TestServer(settings);
        Client client = Client.connect(server.port())) {
      talk(client, heard);
      server.awaitEnded(1);
      assertThat(server.takeFault().getThrown()).hasMessage("a");
    }
    if (!place.equals("nothing")) {
      assertThat(asked).contains("a " + place, "b " + place).doesNotContain("c " + place);
    }
    assertThat(asked).endsWith("a closed", "b closed", "c closed");
    long ends = asked.stream().filter(a -> a.equals("a completed") || a.equals("a reset")).count();
    assertThat(ends).isEqualTo(List.of("connect", "hello", "mail").contains(place) ? 0 : 1);
  }

  /** Goes on until a refusal is heard. */
  private static void talk(Client client, String heard) throws Exception {
    String[] commands = {
      "", "HELO client.test", "MAIL FROM:<a@b.org>", "RCPT TO:<c@d.org>", "DATA", "Hi\r\n."
    };
    for (String command : commands) {
      if (!command.isEmpty()) {
        client.says(command);
      }
      String line = client.line();
      if (line.charAt(0) > '3' || command.endsWith(".")) {
        assertThat(line).isEqualTo(heard);
        break;
      }
    }
    client.leaves();
  }

  @Test
  void whoProvedItCanBeRefused() throws Exception {
    SmtpServer.Builder settings =
        SmtpServer.builder()
            .listen(TestServer.loopback().withAuthWithoutTls(true))
            .passwords((session, user, password) -> Optional.of(user))
            .policies(
                new SmtpPolicy() {
                  @Override
                  public Optional<Reply> authenticated(Session session) {
                    return Optional.of(Reply.of(535, "5.7.13", "Account disabled"));
                  }
                })
            .handler(TestServer.discard());
    try (TestServer server = new TestServer(settings);
        Client client = Client.greeted(server.port())) {
      client.says("AUTH PLAIN AGFubgBzZWNyZXQ=").hears("535 5.7.13 Account disabled");
    }
  }

  @Test
  void envelopeAndContentCanBeChangedOnTheirWay() throws Exception {
    SmtpPolicy copies =
        new SmtpPolicy() {
          @Override
          public DataReply data(Session session, Envelope envelope, InputStream content, Next next)
              throws Exception {
            RcptTo archive = RcptTo.of(Mailbox.parse("archive@example.org"));
            return next.data(envelope.with(archive), content);
          }
        };
    SmtpPolicy stamps =
        new SmtpPolicy() {
          @Override
          public DataReply data(Session session, Envelope envelope, InputStream content, Next next)
              throws Exception {
            byte[] stamp = "X-Seen: yes\r\n".getBytes(StandardCharsets.US_ASCII);
            InputStream more = new SequenceInputStream(new ByteArrayInputStream(stamp), content);
            DataReply reply = next.data(envelope, more);
            return reply instanceof Reply one ? Reply.ok("Stamped, " + one) : reply;
          }
        };
    Queue<String> completed = new ConcurrentLinkedQueue<>();
    SmtpHandler handler =
        new SmtpHandler() {
          @Override
          public DataReply data(Session session, Envelope envelope, InputStream content)
              throws Exception {
            asked.add(
                envelope + " " + new String(content.readAllBytes(), StandardCharsets.US_ASCII));
            return Reply.ok("Stored");
          }

          @Override
          public void completed(
              Session session, Envelope envelope, DataReply reply, Outcome outcome) {
            completed.add(envelope + " " + reply);
          }
        };
    try (TestServer server = TestServer.of(copies.before(stamps.before(handler)));
        Client client = Client.greeted(server.port())) {
      client.begun().sends("Hi\r\n.\r\n").hears("250 2.0.0 Stamped, 250 2.0.0 Stored");
      client.says("QUIT").hears("221 ").hearsTheEnd();
    }
    assertThat(asked)
        .containsExactly("<a@b.org> to <c@d.org>, <archive@example.org> X-Seen: yes\r\nHi\r\n");
    assertThat(completed)
        .containsExactly("<a@b.org> to <c@d.org> 250 2.0.0 Stamped, 250 2.0.0 Stored");
  }

  @Test
  void aPolicyThatAcceptsIsAFault() throws Exception {
    SmtpPolicy wrong =
        new SmtpPolicy() {
          @Override
          public Optional<Reply> mail(Session session, MailFrom from) {
            return Optional.of(Reply.OK);
          }
        };
    try (TestServer server = TestServer.of(wrong.before(TestServer.discard()));
        Client client = Client.greeted(server.port())) {
      client.says("MAIL FROM:<a@b.org>").hears("451 4.3.0 ");
      assertThat(server.takeFault().getThrown()).hasMessageContaining("refuses with 4xx or 5xx");
    }
  }

  @Test
  void thePoliciesThatLetPassChangeNothing() throws Exception {
    SmtpPolicy nothing = new SmtpPolicy() {};
    try (TestServer server = TestServer.of(nothing.before(TestServer.discard()));
        Client client = Client.greeted(server.port())) {
      client
          .says("VRFY ann")
          .hears("252 ")
          .says("EXPN all")
          .hears("502 ")
          .says("HELP")
          .hears("214 ");
      client.begun().sends("Hi\r\n.\r\n").hears("250 ").says("QUIT").hears("221 ");
    }
  }

  /** A hook that is new must not stop at a policy. */
  @Test
  void aGuardedHandlerPassesEverythingOn() {
    List<String> hooks =
        Arrays.stream(SmtpHandler.class.getDeclaredMethods()).map(Method::getName).toList();
    assertThat(Guarded.class.getDeclaredMethods()).extracting(Method::getName).containsAll(hooks);
  }
}
