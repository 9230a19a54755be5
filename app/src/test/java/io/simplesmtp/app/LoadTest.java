package io.simplesmtp.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.DataReply;
import io.simplesmtp.Envelope;
import io.simplesmtp.MailFrom;
import io.simplesmtp.PerRecipient;
import io.simplesmtp.RcptTo;
import io.simplesmtp.Reply;
import io.simplesmtp.server.Listener;
import io.simplesmtp.server.Session;
import io.simplesmtp.server.SmtpHandler;
import io.simplesmtp.server.SmtpServer;
import java.io.InputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A load for servers of this library, which count for themselves. */
class LoadTest {

  private static final String HEADER =
      """
      Date: \\w{3}, \\d{1,2} \\w{3} \\d{4} [\\d:]{8} \\+0000\r
      From: <sender@example\\.org>\r
      To: <recipient@example\\.org>\r
      Subject: [ -~]+\r
      Message-ID:\\s+<(\\d{12}\\.\\w+)@client\\.test>\r
      \r
      """;

  private final Collector collector = new Collector();

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--pipelined",
        "--bdat",
        "--bdat --pipelined",
        "--messages-per-connection 1",
        "--messages-per-connection 1 --pipelined",
        "--messages-per-connection 7 --pipelined",
        "--messages-per-connection 7 --bdat --pipelined",
        "--rate 2000/1s --pipelined",
      })
  void everyMessageArrivesOnceAndWhole(String flags) throws Exception {
    try (SmtpServer server = Collector.serve(collector)) {
      Loaded loaded =
          Loaded.with(
              server.port(),
              ("--json --hostname client.test --sessions 5 --messages 200 --size 700 " + flags)
                  .strip());
      assertThat(loaded.status()).as(loaded.out() + loaded.err()).isZero();
      loaded.ends(200, 0);
      assertThat(loaded.number("octets")).isEqualTo(200 * 700);
      assertThat(loaded.number("size")).isEqualTo(700);
      assertThat(loaded.number("connections")).isEqualTo(loaded.replies(220));
      assertThat(loaded.replies(221)).isEqualTo(loaded.replies(220));
      assertThat(loaded.json().getAsJsonObject("connectionMicros").get("count").getAsLong())
          .isEqualTo(loaded.replies(220));
    }
    Set<String> ids = new HashSet<>();
    for (Collector.Received one : collector.all()) {
      assertThat(one.content()).hasSize(700).matches("(?s)" + HEADER + ".*\r\n");
      ids.add(one.content().replaceAll("(?s).*Message-ID:\\s+(<.*?>).*", "$1"));
      assertThat(one.envelope().mailFrom().reversePath()).hasToString("sender@example.org");
      assertThat(one.envelope().recipients()).hasSize(1);
    }
    assertThat(ids).hasSize(200);
  }

  @ParameterizedTest
  @CsvSource({"1, 200", "7, 30", "200, 5"})
  void connectionsAreKeptAsLongAsTheFlagsSay(int perConnection, int most) throws Exception {
    try (SmtpServer server = Collector.serve(collector)) {
      Loaded loaded =
          Loaded.with(
              server.port(),
              "--json --sessions 5 --messages 200 --messages-per-connection " + perConnection);
      loaded.ends(200, 0);
      assertThat(loaded.number("connections")).isBetween(200L / perConnection, (long) most + 5);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--pipelined", "--bdat --pipelined", "--bdat"})
  void bigMessagesAreOfTheirSizeToo(String flags) throws Exception {
    try (SmtpServer server = Collector.serve(collector)) {
      Loaded.with(server.port(), ("--json --sessions 2 --messages 4 --size 3M " + flags).strip())
          .ends(4, 0);
    }
    assertThat(collector.all())
        .hasSize(4)
        .allSatisfy(one -> {
          assertThat(one.content().length()).isEqualTo(3 << 20);
          assertThat(one.content().lines()).allMatch(line -> line.length() <= 78);
        });
  }

  @Test
  void aMessageGoesToAllItsRecipients() throws Exception {
    try (SmtpServer server = Collector.serve(collector)) {
      Loaded.with(server.port(), "--json --recipients 3 --to bob@b.org --from <> --pipelined")
          .ends(1, 0);
    }
    Envelope envelope = collector.all().get(0).envelope();
    assertThat(envelope.mailFrom().reversePath()).hasToString("<>");
    assertThat(envelope.recipients())
        .extracting(to -> to.mailbox().toString())
        .containsExactly("bob+1@b.org", "bob+2@b.org", "bob+3@b.org");
    assertThat(collector.all().get(0).content()).contains("To: <bob+1@b.org>\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--pipelined", "--bdat", "--bdat --pipelined"})
  void whatIsRefusedIsCountedAndTheSessionGoesOn(String flags) throws Exception {
    SmtpHandler handler =
        new SmtpHandler() {
          private final AtomicInteger asked = new AtomicInteger();

          @Override
          public Reply mail(Session session, MailFrom from) {
            return asked.getAndIncrement() % 4 == 0
                ? Reply.of(451, "4.3.0 Later")
                : Reply.SENDER_OK;
          }

          @Override
          public Reply rcpt(Session session, Envelope soFar, RcptTo to) {
            return asked.get() % 4 == 2 ? Reply.of(550, "5.1.1", "Nobody") : Reply.RECIPIENT_OK;
          }

          @Override
          public Reply data(Session session, Envelope envelope, InputStream content)
              throws Exception {
            return asked.get() % 4 == 3
                ? Reply.of(554, "5.7.1", "Not that")
                : collector.data(session, envelope, content);
          }
        };
    try (SmtpServer server = Collector.serve(handler)) {
      Loaded loaded = Loaded.with(server.port(), ("--json --messages 40 " + flags).strip());
      loaded.ends(10, 30);
      assertThat(loaded.number("refusedRecipients")).isEqualTo(10);
      assertThat(loaded.number("connections")).isEqualTo(1);
      assertThat(loaded.errors("MAIL: 451 ")).isEqualTo(10);
      assertThat(loaded.errors("RCPT: 550 5.1.1 Nobody")).isEqualTo(10);
      assertThat(loaded.errors("no recipient was accepted")).isEqualTo(10);
      assertThat(loaded.errors(flags.contains("bdat") ? "BDAT: 554 5.7.1" : "content: 554 5.7.1"))
          .isEqualTo(10);
      assertThat(collector.all()).hasSize(10);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--pipelined"})
  void aRecipientThatIsRefusedDoesNotFailTheMessageButTheRun(String flags) throws Exception {
    SmtpHandler handler =
        new SmtpHandler() {
          @Override
          public Reply rcpt(Session session, Envelope soFar, RcptTo to) {
            return to.mailbox().localPart().endsWith("+2")
                ? Reply.of(550, "5.1.1", "Nobody")
                : Reply.RECIPIENT_OK;
          }

          @Override
          public Reply data(Session session, Envelope envelope, InputStream content) {
            return Reply.OK;
          }
        };
    try (SmtpServer server = Collector.serve(handler)) {
      Loaded loaded =
          Loaded.with(server.port(), ("--json --messages 5 --recipients 3 " + flags).strip());
      loaded.ends(5, 0);
      assertThat(loaded.number("refusedRecipients")).isEqualTo(5);
      assertThat(loaded.status()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--pipelined", "--bdat", "--bdat --pipelined"})
  void a421CostsAMessageAndAConnection(String flags) throws Exception {
    SmtpHandler handler =
        new SmtpHandler() {
          private final AtomicInteger asked = new AtomicInteger();

          @Override
          public Reply mail(Session session, MailFrom from) {
            return asked.incrementAndGet() % 3 == 0
                ? Reply.of(421, "4.3.2", "Going down")
                : Reply.SENDER_OK;
          }

          @Override
          public Reply data(Session session, Envelope envelope, InputStream content)
              throws Exception {
            return collector.data(session, envelope, content);
          }
        };
    try (SmtpServer server = Collector.serve(handler)) {
      Loaded loaded = Loaded.with(server.port(), ("--json --messages 12 " + flags).strip());
      loaded.ends(8, 4);
      assertThat(loaded.errors("MAIL: 421 4.3.2 ")).isEqualTo(4);
      assertThat(loaded.number("connections")).isEqualTo(4);
      assertThat(loaded.number("failedConnections")).isZero();
      assertThat(collector.all()).hasSize(8);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--pipelined", "--bdat", "--bdat --pipelined"})
  void lmtpHasAReplyForEachRecipient(String flags) throws Exception {
    AtomicInteger messages = new AtomicInteger();
    SmtpHandler handler =
        new SmtpHandler() {
          @Override
          public DataReply data(Session session, Envelope envelope, InputStream content) {
            messages.incrementAndGet();
            return PerRecipient.of(
                envelope,
                to ->
                    to.mailbox().localPart().endsWith("+2")
                        ? Reply.of(452, "4.2.2", "Mailbox full")
                        : Reply.OK);
          }
        };
    try (SmtpServer server =
        SmtpServer.builder()
            .hostname("mx.test")
            .listen(Listener.lmtp(Collector.anyPort()))
            .handler(handler)
            .start()) {
      Loaded loaded =
          Loaded.with(
              server.port(), ("--lmtp --json --recipients 3 --messages 6 " + flags).strip());
      loaded.ends(6, 0);
      assertThat(messages).hasValue(6);
      assertThat(loaded.number("refusedRecipients")).isEqualTo(6);
      assertThat(loaded.replies(452)).isEqualTo(6);
      assertThat(loaded.status()).isEqualTo(1);
    }
  }

  @Test
  void aUnixDomainSocketIsAServerToo() throws Exception {
    Path socket = folder.resolve("s");
    try (SmtpServer server =
        SmtpServer.builder()
            .hostname("mx.test")
            .listen(Listener.smtp(UnixDomainSocketAddress.of(socket)))
            .handler(collector)
            .start()) {
      assertThat(server.addresses()).hasSize(1);
      Loaded loaded = Loaded.run("unix:" + socket, "--json", "--messages", "3");
      loaded.ends(3, 0);
      assertThat(loaded.json().get("target").getAsString()).isEqualTo("unix:" + socket);
    }
  }

  @Test
  void withARateTimeCountsFromWhenAMessageWasDue() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    SmtpHandler slow =
        (session, envelope, content) ->
            never.await(10, TimeUnit.MILLISECONDS) ? Reply.of(451, "no") : Reply.OK;
    try (SmtpServer server = Collector.serve(slow)) {
      Loaded loaded = Loaded.with(server.port(), "--json --messages 50 --rate 1000/1s");
      loaded.ends(50, 0);
      // The last one was due after 49 ms, and came to its end after 50 times 10 ms.
      long longest = loaded.json().getAsJsonObject("messageMicros").get("max").getAsLong();
      assertThat(longest).isGreaterThanOrEqualTo(450_000);
    }
  }

  @Test
  void messagesThatWereDueAndNotBegunAreNamed() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    SmtpHandler slow =
        (session, envelope, content) ->
            never.await(50, TimeUnit.MILLISECONDS) ? Reply.of(451, "no") : Reply.OK;
    try (SmtpServer server = Collector.serve(slow)) {
      Loaded loaded = Loaded.with(server.port(), "--json --duration 200ms --rate 1000/1s");
      assertThat(loaded.number("failed")).isZero();
      assertThat(loaded.number("accepted")).isLessThanOrEqualTo(5);
      assertThat(loaded.number("accepted") + loaded.number("unsent")).isEqualTo(200);
      assertThat(loaded.status()).isEqualTo(1);
    }
  }

  @Test
  void aDurationEndsIt() throws Exception {
    try (SmtpServer server = Collector.serve(collector)) {
      Loaded loaded = Loaded.with(server.port(), "--json --duration 300ms --sessions 3");
      assertThat(loaded.status()).isZero();
      assertThat(loaded.number("accepted")).isEqualTo(collector.all().size()).isPositive();
      assertThat(loaded.json().get("endedEarly").getAsBoolean()).isFalse();
    }
  }

  @Test
  void aTextForPeopleHasTheSameNumbers() throws Exception {
    try (SmtpServer server = Collector.serve(collector)) {
      Loaded loaded = Loaded.with(server.port(), "--sessions 2 --messages 1000");
      assertThat(loaded.status()).isZero();
      assertThat(loaded.err()).isEmpty();
      assertThat(loaded.out().lines().toList())
          .satisfies(lines -> {
            assertThat(lines.get(0))
                .matches(
                    "1,000 messages of 1,024 octets accepted by 127\\.0\\.0\\.1:\\d+, 0 failed, in"
                        + " [\\d.]+ s");
            assertThat(lines.get(1))
                .matches("[\\d,]+ messages/s, [\\d.]+ MB/s, over 2 connections in 2 sessions");
            assertThat(lines).anyMatch(line -> line.matches("message( +\\d+\\.\\d{3}){7}"));
            assertThat(lines.get(lines.size() - 1))
                .isEqualTo("Replies  220: 2, 221: 2, 250: 3,002, 354: 1,000");
          });
    }
  }

  @Test
  void withoutFlagsItIsOneMessage() throws Exception {
    try (SmtpServer server = Collector.serve(collector)) {
      Loaded loaded = Loaded.with(server.port(), "");
      assertThat(loaded.out()).startsWith("1 messages of 1,024 octets accepted");
    }
    assertThat(collector.all()).hasSize(1);
  }
}
