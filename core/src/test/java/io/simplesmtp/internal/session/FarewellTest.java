package io.simplesmtp.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.Envelope;
import io.simplesmtp.MailFrom;
import io.simplesmtp.Reply;
import io.simplesmtp.server.CloseCause;
import io.simplesmtp.server.Faults;
import io.simplesmtp.server.ServerEvents;
import io.simplesmtp.server.Session;
import io.simplesmtp.server.SmtpHandler;
import io.simplesmtp.server.Timeouts;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

/** The last words to a client, and that a delay is cut short by them: all without waiting. */
class FarewellTest {

  private static final String SHUTTING_DOWN = "421 4.3.2 mx.test Shutting down";
  private static final Timeouts SLOW =
      Timeouts.DEFAULT
          .withGreetingDelay(Duration.ofMinutes(5))
          .withErrorDelay(Duration.ofMinutes(5));

  /** The server begins to shut down when the client says MAIL. */
  private record Ending(Reply answer, Runnable shutdown) implements SmtpHandler {
    @Override
    public Reply mail(Session session, MailFrom from) {
      shutdown.run();
      return answer;
    }

    @Override
    public Reply data(Session session, Envelope envelope, InputStream content) {
      return Reply.OK;
    }
  }

  @Test
  void aFaultOfTheServerIsToldAndLogged() {
    try (Faults faults = Faults.open()) {
      Talk talk =
          new Talk(new Setup())
              .does(() -> {
                throw new IllegalStateException("planted");
              });
      assertThat(talk.run()).isEqualTo(CloseCause.FAULT);
      assertThat(talk.heard())
          .containsExactly(
              "220 mx.test ESMTP", "421 4.3.0 mx.test Local error, closing connection");
      assertThat(faults.records())
          .extracting(LogRecord::getMessage)
          .containsExactly("Session S1: fault in the engine");
    }
  }

  @Test
  void whoLeavesHearsNothing() {
    Talk talk =
        new Talk(new Setup())
            .does(() -> {
              throw new IOException("reset");
            });
    assertThat(talk.run()).isEqualTo(CloseCause.CLIENT_GONE);
    assertThat(talk.heard()).containsExactly("220 mx.test ESMTP");
  }

  @Test
  void whoIsTooSlowIsTold() {
    Talk talk = new Talk(new Setup());
    talk.does(() -> {
      talk.deadline().interrupt(CloseCause.TIMEOUT);
      return "NOOP\r\n";
    });
    assertThat(talk.run()).isEqualTo(CloseCause.TIMEOUT);
    assertThat(talk.heard())
        .containsExactly("220 mx.test ESMTP", "421 4.4.2 mx.test Timeout, closing connection");
  }

  @Test
  void nothingStaysHeldForWhoCannotBeTold() {
    Talk talk = new Talk(new Setup());
    talk.does(() -> {
      talk.goes();
      return "NOOP\r\nNOOP\r\n";
    });
    assertThat(talk.run()).isEqualTo(CloseCause.CLIENT_GONE);
    assertThat(talk.memory().held()).isZero();
  }

  @Test
  void aShutdownEndsTheDelayOfTheGreeting() {
    Talk talk = new Talk(new Setup().with(SLOW));
    assertThat(talk.deadline().drain()).isFalse();
    assertThat(talk.run()).isEqualTo(CloseCause.SHUTDOWN);
    assertThat(talk.codes()).containsExactly("421");
    assertThat(talk.heard()).containsExactly(SHUTTING_DOWN);
  }

  @Test
  void aShutdownEndsTheDelayOfARefusalAndTheRepliesBeforeItHaveGoneOut() {
    Talk talk = ending(Reply.of(550, "5.7.1", "Not you"));
    assertThat(talk.run()).isEqualTo(CloseCause.SHUTDOWN);
    assertThat(talk.codes()).containsExactly("220", "250", "250", "421");
  }

  @Test
  void aShutdownEndsTheDelayOfARefusedMessage() {
    Setup setup = new Setup().with(SLOW.withGreetingDelay(Duration.ZERO));
    Talk talk =
        new Talk(setup)
            .says("EHLO client.test")
            .says("MAIL FROM:<>", "RCPT TO:<a@b.org>", "DATA")
            .says("Hi", ".");
    setup.serving((session, envelope, content) -> {
      assertThat(talk.deadline().drain()).isFalse();
      return Reply.of(554, "5.6.0", "Not this");
    });
    assertThat(talk.run()).isEqualTo(CloseCause.SHUTDOWN);
    assertThat(talk.heard()).endsWith("354 End data with <CR><LF>.<CR><LF>", SHUTTING_DOWN);
  }

  @Test
  void aShutdownBehindStartTlsIsNoFailureOfTls() {
    Setup setup = new Setup();
    Talk talk = new Talk(setup).says("EHLO client.test").says("STARTTLS");
    setup.with(
        new ServerEvents() {
          @Override
          public void command(Session session, String line) {
            if (line.equals("STARTTLS")) {
              boolean unused = talk.deadline().drain();
            }
          }
        });
    assertThat(talk.run()).isEqualTo(CloseCause.SHUTDOWN);
    assertThat(talk.codes()).endsWith("220");
  }

  @Test
  void whatIsNoRefusalHasNoDelay() {
    Talk talk = ending(Reply.SENDER_OK);
    assertThat(talk.run()).isEqualTo(CloseCause.SHUTDOWN);
    assertThat(String.join(" ", talk.codes())).isEqualTo("220 250 250 250 421");
  }

  @Test
  void norHasAReplyThatCloses() {
    Talk talk = ending(Reply.of(421, "4.3.2", "Enough"));
    assertThat(talk.run()).isEqualTo(CloseCause.REFUSED);
    assertThat(talk.heard()).endsWith("250 2.0.0 Reset", "421 4.3.2 mx.test Enough");
  }

  private static Talk ending(Reply answer) {
    Setup setup = new Setup();
    Talk[] talk = new Talk[1];
    setup
        .with(Timeouts.DEFAULT.withErrorDelay(Duration.ofMinutes(5)))
        .serving(new Ending(answer, () -> assertThat(talk[0].deadline().drain()).isFalse()));
    talk[0] = new Talk(setup).says("EHLO client.test").says("RSET", "MAIL FROM:<a@b.org>");
    return talk[0];
  }
}
