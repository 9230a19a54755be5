package io.simplesmtp.internal.session;

import io.simplesmtp.MailDataException;
import io.simplesmtp.Reply;
import io.simplesmtp.SmtpRejectException;
import io.simplesmtp.internal.protocol.Replies;
import io.simplesmtp.server.Session;
import org.jspecify.annotations.Nullable;

/** Calls of the application that end in a legal reply, whatever the application does. */
final class HandlerCalls {

  /** A call that may throw anything. */
  @FunctionalInterface
  interface Call {
    @Nullable Reply reply() throws Exception;
  }

  /** More than anybody wraps, less than a circle. */
  private static final int MOST_CAUSES = 16;

  private HandlerCalls() {}

  /**
   * Makes a call and turns what it throws into a reply; a fault is logged once.
   *
   * @param where names the call in the log
   * @param onFault the reply to a fault
   */
  static Reply ask(Session session, String where, Reply onFault, Call call) {
    try {
      Reply reply = call.reply();
      if (reply == null || reply.code() / 100 == 3 || reply.code() == 221) {
        throw new IllegalStateException("Not a reply that a handler can give: " + reply);
      }
      return reply;
    } catch (SmtpRejectException e) {
      return e.reply();
    } catch (Throwable e) { // whatever it is, only this client's command may suffer from it
      if (!isLostData(e)) {
        Observation.fault(session, where, e);
      }
      return onFault;
    } finally {
      Thread.interrupted(); // an interrupt that the call left behind would close the channel
    }
  }

  static Reply ask(Session session, String where, Call call) {
    return ask(session, where, Replies.FAULT, call);
  }

  /** Whether a handler only passed on that the data did not become a message, however wrapped. */
  private static boolean isLostData(Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
      if (cause instanceof MailDataException) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }
}
