package io.simplesmtp.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.DataReply;
import io.simplesmtp.Envelope;
import io.simplesmtp.Reply;
import io.simplesmtp.server.CloseCause;
import io.simplesmtp.server.Session;
import io.simplesmtp.server.SmtpHandler;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import org.junit.jupiter.api.Test;

/**
 * Whether a handler has a say between two messages; each class is looked at once, when it is new.
 */
class OwnAnswersTest {

  /** Is asked for data and told of the end, and of nothing else. */
  static class Least implements SmtpHandler {
    @Override
    public DataReply data(Session session, Envelope envelope, InputStream content) {
      return Reply.OK;
    }

    @Override
    public void closed(Session session, CloseCause cause) {}
  }

  /** Is told of resets, too. */
  static class More implements SmtpHandler {
    @Override
    public DataReply data(Session session, Envelope envelope, InputStream content) {
      return Reply.OK;
    }

    @Override
    public void reset(Session session, Envelope envelope) {}
  }

  @Test
  void dataAndTheCloseAreNotBetweenMessages() throws Exception {
    assertThat(OwnAnswers.betweenMessages(anew(Least.class))).isFalse();
  }

  @Test
  void allElseIs() throws Exception {
    assertThat(OwnAnswers.betweenMessages(anew(More.class))).isTrue();
  }

  /** A handler of a class that nobody has seen before. */
  private static SmtpHandler anew(Class<? extends SmtpHandler> type) throws Exception {
    String file = type.getName().substring(type.getPackageName().length() + 1) + ".class";
    try (InputStream in = OwnAnswersTest.class.getResourceAsStream(file)) {
      Class<?> copy =
          MethodHandles.lookup().defineHiddenClass(in.readAllBytes(), true).lookupClass();
      return (SmtpHandler) copy.getDeclaredConstructor().newInstance();
    }
  }
}
