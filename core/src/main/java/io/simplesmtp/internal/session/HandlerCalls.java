package io.simplesmtp.internal.session;

import io.simplesmtp.DataReply;
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
  interface Call extends DataCall {
    @Override
    @Nullable Reply reply() throws Exception;
  }

  /** A call that is given mail data, and may throw anything. */
  @FunctionalInterface
  interface DataCall {
    @Nullable DataReply reply() throws Exception;
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
    return (Reply) askAny(session, where, onFault, call);
  }

  static Reply ask(Session session, String where, Call call) {
    return ask(session, where, Replies.FAULT, call);
  }

  /** Makes the call that is given the mail data. */
  static DataReply askData(Session session, DataCall call) {
    return askAny(session, "data", Replies.FAULT, call);
  }

  private static DataReply askAny(Session session, String where, Reply onFault, DataCall call) {
    HandlerCallEvent event = Flight.handlerCall();
    DataReply reply = answer(session, where, onFault, call);
    if (event != null) {
      event.end(session.id(), where, reply);
    }
    return reply;
  }

  private static DataReply answer(Session session, String where, Reply onFault, DataCall call) {
    try {
      DataReply reply = call.reply();
      if (reply == null || !isLegal(reply)) {
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

  private static boolean isLegal(DataReply answer) {
    return !(answer instanceof Reply reply) || (reply.code() / 100 != 3 && reply.code() != 221);
  }

  /** Whether a handler only passed on that the data did not become a message, however wrapped. */
  private static boolean isLostData(Throwable thrown) {
    try {
      Throwable cause = thrown;
      for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
        if (cause instanceof MailDataException) {
          return true;
        }
        cause = cause.getCause();
      }
    } catch (Throwable e) { // an application may have a cause of its own making
      return false;
    }
    return false;
  }
}
