package io.simplesmtp.internal.session;

import io.simplesmtp.DataReply;
import io.simplesmtp.Envelope;
import io.simplesmtp.PerRecipient;
import io.simplesmtp.Reply;
import io.simplesmtp.internal.protocol.Replies;
import io.simplesmtp.internal.wire.DataStream;
import io.simplesmtp.internal.wire.ReplyWriter;
import io.simplesmtp.internal.wire.Violation;
import io.simplesmtp.internal.wire.WireReader;
import io.simplesmtp.server.Session;
import io.simplesmtp.server.SmtpHandler;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * DATA from its 354 to the choice of the final reply (RFC 5321 section 4.1.1.4).
 *
 * <p>The order is what keeps mail data from being executed as commands: 354 goes out, the handler
 * is asked, the data is drained to its terminator whatever the handler did, and only then is there
 * a reply.
 */
record DataExchange(
    WireReader reader,
    ReplyWriter writer,
    ClientInput input,
    SessionSettings settings,
    Observation observation) {

  /**
   * Receives one message; blocks until its terminator has been read.
   *
   * @throws IOException if the client is gone or too slow: the transaction has failed and there is
   *     nobody to tell
   */
  Reply run(Session session, SmtpHandler handler, Envelope envelope) throws IOException {
    Reply before =
        HandlerCalls.ask(session, "beforeData", () -> handler.beforeData(session, envelope));
    if (!before.isPositive()) {
      observation.message(session, envelope, 0, before);
      return before;
    }
    writer.write(Replies.SEND_DATA);
    observation.reply(session, Replies.SEND_DATA);
    writer.flush();
    input.expectData();
    DataStream content = new DataStream(reader, settings.dataBounds());
    Reply answer =
        HandlerCalls.ask(
            session, "data", () -> folded(envelope, handler.data(session, envelope, content)));
    content.close();
    try {
      content.drain();
    } catch (IOException e) {
      observation.message(session, envelope, content.octets(), Replies.DATA_LOST);
      throw e;
    }
    Violation violation = content.violation();
    Reply reply = violation == Violation.NONE ? answer : refusal(violation);
    observation.message(session, envelope, content.octets(), reply);
    return reply;
  }

  /** One reply for all: a refusal if one is refused, and then one to try again if there is one. */
  static @Nullable Reply folded(Envelope envelope, @Nullable DataReply answer) {
    return switch (answer) {
      case null -> null;
      case Reply reply -> reply;
      case PerRecipient each -> {
        List<Reply> replies = each.replies();
        if (replies.size() != envelope.recipients().size()) {
          throw new IllegalStateException("Not a reply for each recipient: " + replies);
        }
        yield replies.stream()
            .filter(Reply::isTransient)
            .findFirst()
            .or(() -> replies.stream().filter(Reply::isPermanent).findFirst())
            .orElse(replies.get(0));
      }
    };
  }

  /** The reply to mail data with a violation. */
  static Reply refusal(Violation violation) {
    return switch (violation) {
      case NONE -> Replies.FAULT;
      case BARE_LINE_BREAK -> Replies.BARE_LINE_BREAK;
      case NUL -> Replies.NUL_IN_DATA;
      case LINE_TOO_LONG -> Replies.TEXT_LINE_TOO_LONG;
      case HEADER_TOO_BIG -> Replies.HEADER_TOO_BIG;
      case MESSAGE_TOO_BIG -> Replies.MESSAGE_TOO_BIG;
    };
  }
}
