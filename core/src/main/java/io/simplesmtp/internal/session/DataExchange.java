package io.simplesmtp.internal.session;

import io.simplesmtp.DataReply;
import io.simplesmtp.Envelope;
import io.simplesmtp.Reply;
import io.simplesmtp.internal.protocol.Replies;
import io.simplesmtp.internal.protocol.Verb;
import io.simplesmtp.internal.wire.DataStream;
import io.simplesmtp.internal.wire.Violation;
import io.simplesmtp.server.Session;
import io.simplesmtp.server.SmtpHandler;
import java.io.IOException;

/**
 * DATA from its 354 to the choice of the final reply (RFC 5321 section 4.1.1.4).
 *
 * <p>The order is what keeps mail data from being executed as commands: 354 goes out, the handler
 * is asked, the data is drained to its terminator whatever the handler did, and only then is there
 * a reply.
 */
record DataExchange(Turns turns) {

  /**
   * Receives one message; blocks until its terminator has been read.
   *
   * @return the overall reply, to be settled; what is written for it is in the final replies
   * @throws IOException if the client is gone or too slow: the transaction has failed and there is
   *     nobody to tell
   */
  Reply run(Session session, Envelope envelope) throws IOException {
    Observation observation = turns.observation();
    SmtpHandler handler = turns.respondent().handler();
    Reply before =
        HandlerCalls.ask(session, "beforeData", () -> handler.beforeData(session, envelope));
    if (!before.isPositive()) {
      observation.message(session, envelope, 0, before);
      return before;
    }
    turns.write(session, Verb.DATA.spelling(), Replies.SEND_DATA);
    turns.writer().flush();
    turns.input().expectData();
    DataStream content = new DataStream(turns.reader(), turns.settings().dataBounds());
    DataReply answer =
        HandlerCalls.askData(
            session,
            () -> FinalReplies.checked(envelope, handler.data(session, envelope, content)));
    content.close();
    try {
      content.drain();
    } catch (IOException e) {
      turns.received(session, envelope, content.octets(), Replies.DATA_LOST);
      throw e;
    }
    DataReply chosen = choose(content.violation(), answer);
    Reply reply = turns.finalReplies().of(envelope, chosen);
    observation.each(session, envelope, chosen);
    turns.received(session, envelope, content.octets(), reply);
    return reply;
  }

  /** A violation is answered whatever the handler says. */
  static DataReply choose(Violation violation, DataReply answer) {
    return switch (violation) {
      case NONE -> answer;
      case BARE_LINE_BREAK -> Replies.BARE_LINE_BREAK;
      case NUL -> Replies.NUL_IN_DATA;
      case LINE_TOO_LONG -> Replies.TEXT_LINE_TOO_LONG;
      case HEADER_TOO_BIG -> Replies.HEADER_TOO_BIG;
      case MESSAGE_TOO_BIG -> Replies.MESSAGE_TOO_BIG;
    };
  }
}
