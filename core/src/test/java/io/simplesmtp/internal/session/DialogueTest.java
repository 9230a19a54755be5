package io.simplesmtp.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.PerRecipient;
import io.simplesmtp.Reply;
import io.simplesmtp.server.CloseCause;
import io.simplesmtp.server.Listener;
import io.simplesmtp.server.Protocol;
import io.simplesmtp.server.ServerEvents;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;

/** What events and the log are told of a session: all that was said, without its secrets. */
class DialogueTest {

  private final Told told = new Told();

  /** The log of the dialogue at one level, in the place of the console. */
  private static final class Log extends Handler implements AutoCloseable {
    private final Logger logger = Logger.getLogger("io.simplesmtp.dialogue");
    private final List<String> lines = new ArrayList<>();

    Log(Level level) {
      setLevel(Level.ALL);
      logger.setLevel(level);
      logger.setUseParentHandlers(false);
      logger.addHandler(this);
    }

    @Override
    public void publish(LogRecord line) {
      lines.add(new SimpleFormatter().formatMessage(line));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      logger.setLevel(null);
      logger.removeHandler(this);
      logger.setUseParentHandlers(true);
    }
  }

  @Test
  void eventsAreToldOfAllThatHappens() {
    assertThat(submission(told).run()).isEqualTo(CloseCause.QUIT);
    assertThat(told.lines())
        .containsExactly(
            "connected",
            "S: 220",
            "C: EHLO client.test",
            "S: 250",
            "C: STARTTLS",
            "S: 220",
            "secured TLSv1.3",
            "C: EHLO client.test",
            "S: 250",
            "C: AUTH LOGIN",
            "C: ***",
            "C: ***",
            "authenticated ann",
            "S: 235",
            "C: MAIL FROM:<a@b.org>",
            "S: 250",
            "C: RCPT TO:<c@d.org>",
            "S: 250",
            "C: DATA",
            "S: 354",
            "accepted 4",
            "S: 250",
            "C: QUIT",
            "S: 221",
            "closed QUIT");
  }

  @Test
  void theLogAtDebugLevelHasTheDialogue() {
    assertThat(logged(Level.FINE, submission(ServerEvents.NONE)))
        .filteredOn(line -> !line.contains("PIPELINING"))
        .containsExactly(
            "S1 connected from 127.0.0.1",
            "S1 S: 220 mx.test ESMTP",
            "S1 C: EHLO client.test",
            "S1 C: STARTTLS",
            "S1 S: 220 2.0.0 Ready to start TLS",
            "S1 secured: " + Talk.TLS,
            "S1 C: EHLO client.test",
            "S1 C: AUTH LOGIN",
            "S1 S: 334 (challenge)",
            "S1 C: ***",
            "S1 S: 334 (challenge)",
            "S1 C: ***",
            "S1 S: 235 2.7.0 Authentication succeeded",
            "S1 C: MAIL FROM:<a@b.org>",
            "S1 S: 250 2.1.0 Sender OK",
            "S1 C: RCPT TO:<c@d.org>",
            "S1 S: 250 2.1.5 Recipient OK",
            "S1 C: DATA",
            "S1 S: 354 End data with <CR><LF>.<CR><LF>",
            "S1 S: 250 2.0.0 OK",
            "S1 C: QUIT",
            "S1 S: 221 2.0.0 mx.test closing connection",
            "S1 closed: QUIT");
  }

  @Test
  void theLogAtAnotherLevelHasNone() {
    assertThat(logged(Level.INFO, submission(told))).isEmpty();
  }

  @Test
  void aClientOnALocalSocketHasNoAddress() {
    Talk talk = new Talk(new Setup()).from(UnixDomainSocketAddress.of("/run/smtp"));
    assertThat(logged(Level.FINE, talk)).first().isEqualTo("S1 connected from a local socket");
  }

  @Test
  void aSessionUnderTlsIsToldToBeSecured() {
    Talk talk = new Talk(new Setup().with(told)).says("QUIT");
    assertThat(talk.run(Optional.of(Talk.TLS))).isEqualTo(CloseCause.QUIT);
    assertThat(told.lines())
        .containsExactly(
            "connected", "secured TLSv1.3", "S: 220", "C: QUIT", "S: 221", "closed QUIT");
  }

  @Test
  void aHandshakeThatFailsEndsTheSession() {
    Talk talk =
        new Talk(new Setup().with(told))
            .says("EHLO client.test")
            .says("STARTTLS")
            .shakes(() -> {
              throw new IOException("bad\nrecord");
            });
    assertThat(logged(Level.FINE, talk)).contains("S1 TLS handshake failed: bad\\u{a}record");
    assertThat(told.lines())
        .endsWith(
            "C: STARTTLS", "S: 220", "handshake failed: bad\\u{a}record", "closed TLS_FAILURE");
  }

  @Test
  void linesThatAreNoCommandsAreToldToo() {
    Talk talk =
        new Talk(new Setup().with(told)).says("x".repeat(20_000)).says("\u0016\u0003\u0001\0\1");
    assertThat(talk.run()).isEqualTo(CloseCause.REFUSED);
    assertThat(told.lines())
        .hasSize(7)
        .startsWith("connected", "S: 220")
        .endsWith("S: 500", "C: (TLS handshake)", "S: 421", "closed REFUSED");
  }

  @Test
  void anAuthThatFailsIsToldWithItsMechanism() {
    Talk talk =
        new Talk(new Setup().with(told))
            .says("EHLO client.test")
            .says("AUTH PLAIN AGFubgB3cm9uZw==")
            .says("AUTH LOGIN")
            .says("x".repeat(20_000));
    assertThat(talk.run()).isEqualTo(CloseCause.CLIENT_GONE);
    assertThat(told.lines())
        .containsSubsequence("PLAIN failed: 535", "S: 535", "LOGIN failed: 500", "S: 500")
        .filteredOn(line -> line.startsWith("C: "))
        .as("what is too long is told, too")
        .hasSize(4);
  }

  @Test
  void theReplyForEachRecipientIsTold() {
    Listener lmtp = new Setup().listener().withProtocol(Protocol.LMTP);
    Setup setup =
        new Setup()
            .with(lmtp)
            .with(told)
            .serving((session, envelope, content) ->
                PerRecipient.of(
                    envelope,
                    to ->
                        to.equals(envelope.recipients().get(0))
                            ? Reply.OK
                            : Reply.of(550, "5.1.1", "No")));
    String[] group = {"MAIL FROM:<>", "RCPT TO:<a@b.org>", "RCPT TO:<c@d.org>"};
    Talk talk =
        new Talk(setup)
            .says("LHLO client.test")
            .says(group)
            .says("DATA")
            .says("Hi", ".")
            .says(group)
            .says("BDAT 4 LAST", "Hi", "QUIT");
    assertThat(talk.run()).isEqualTo(CloseCause.QUIT);
    assertThat(told.lines())
        .containsSubsequence("C: DATA", "S: 354", "each: 250 550", "accepted 4", "S: 250", "S: 550")
        .containsSubsequence("C: BDAT 4 LAST", "each: 250 550", "accepted 4", "S: 250", "S: 550")
        .filteredOn(line -> line.startsWith("each"))
        .hasSize(2);
  }

  @Test
  void aMessageThatIsGivenUpIsToldApartFromOneThatIsLost() {
    String[] group = {"EHLO client.test", "MAIL FROM:<>", "RCPT TO:<a@b.org>", "BDAT 4", "Hi"};
    Talk talk = new Talk(new Setup().with(told)).says(group).says("RSET").says(group);
    assertThat(talk.run()).isEqualTo(CloseCause.CLIENT_GONE);
    assertThat(told.lines())
        .filteredOn(line -> line.startsWith("refused"))
        .containsExactly(
            "refused: 451 4.5.0 Message given up by the client",
            "refused: 451 4.4.2 Connection lost in mail data");
  }

  private static List<String> logged(Level level, Talk talk) {
    try (Log log = new Log(level)) {
      CloseCause unused = talk.run();
      return log.lines;
    }
  }

  /** A client that uses TLS and AUTH, and sends one message. */
  private static Talk submission(ServerEvents events) {
    return new Talk(new Setup().with(events))
        .says("EHLO client.test")
        .says("STARTTLS")
        .says("EHLO client.test")
        .says("AUTH LOGIN")
        .says("YW5u")
        .says("c2VjcmV0")
        .says("MAIL FROM:<a@b.org>", "RCPT TO:<c@d.org>", "DATA")
        .says("Hi", ".")
        .says("QUIT");
  }
}
