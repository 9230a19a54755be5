package io.simplesmtp.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.MailDataException;
import io.simplesmtp.Reply;
import io.simplesmtp.internal.protocol.Replies;
import io.simplesmtp.server.ConnectionInfo;
import io.simplesmtp.server.Faults;
import io.simplesmtp.server.Listener;
import io.simplesmtp.server.Session;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts as a fault of the application, and is logged. */
class HandlerCallsTest {

  private static final Session SESSION =
      new Session(
          "S1",
          new ConnectionInfo(
              new InetSocketAddress(4711), new InetSocketAddress(25), Listener.smtp(25)),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void lostDataThatIsPassedOnIsNoneHoweverWrapped(int wrappers) {
    Exception thrown = new MailDataException("lost");
    for (int i = 0; i < wrappers; i++) {
      thrown = new IllegalStateException(thrown);
    }
    assertThat(logged(thrown)).isZero();
  }

  @Test
  void whateverElseIsThrownIsOne() {
    assertThat(logged(new IllegalStateException(new RuntimeException("planted")))).isOne();
  }

  @Test
  void causesThatGoInACircleAreOneToo() {
    Exception first = new IllegalStateException("planted");
    first.initCause(new IllegalStateException(first));
    assertThat(logged(first)).isOne();
  }

  @ParameterizedTest
  @ValueSource(ints = {354, 334, 221})
  void soIsAReplyThatIsNotTheHandlersToGive(int code) {
    try (Faults faults = Faults.open()) {
      assertThat(HandlerCalls.ask(SESSION, "mail", () -> Reply.of(code, "Hm")))
          .isEqualTo(Replies.FAULT);
      assertThat(faults.records()).hasSize(1);
    }
  }

  @Test
  void aFaultThatALogCannotPrintIsNamed() {
    StreamHandler printing =
        new StreamHandler() {
          @Override
          public void publish(LogRecord entry) {
            if (entry.getThrown() != null) {
              throw new IllegalStateException("It has no words");
            }
          }
        };
    Logger log = Logger.getLogger("io.simplesmtp.server");
    try (Faults faults = Faults.open()) {
      log.addHandler(printing);
      Observation.fault(SESSION, "mail", new IllegalStateException("planted"));
      assertThat(faults.records())
          .extracting(LogRecord::getMessage)
          .containsExactly(
              "Session S1: fault in mail",
              "Session S1: fault in mail, which cannot be printed: "
                  + "class java.lang.IllegalStateException");
    } finally {
      log.removeHandler(printing);
    }
  }

  /** How many faults were logged of a call that throws. */
  private static int logged(Exception thrown) {
    try (Faults faults = Faults.open()) {
      Reply reply =
          HandlerCalls.ask(
              SESSION,
              "data",
              () -> {
                throw thrown;
              });
      assertThat(reply).isEqualTo(Replies.FAULT);
      return faults.records().size();
    }
  }
}
