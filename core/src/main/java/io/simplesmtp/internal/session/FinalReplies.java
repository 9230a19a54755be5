package io.simplesmtp.internal.session;

import io.simplesmtp.DataReply;
import io.simplesmtp.Envelope;
import io.simplesmtp.Parameter;
import io.simplesmtp.PerRecipient;
import io.simplesmtp.Reply;
import io.simplesmtp.internal.protocol.Replies;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client hears when a message has been received: one reply, or one for each recipient where
 * the protocol has them. The machine settles one reply alone, the overall one, and what is written
 * in its place is kept here until then. Used by one thread.
 */
final class FinalReplies {

  private final boolean isLmtp;
  private @Nullable Reply overall;
  private List<Reply> written = List.of();
  private int copies;

  FinalReplies(boolean isLmtp) {
    this.isLmtp = isLmtp;
  }

  /**
   * The reply that a handler gave to the data of a message, if it can be one.
   *
   * @throws IllegalStateException if there is not one for each recipient
   */
  static @Nullable DataReply checked(Envelope envelope, @Nullable DataReply answer) {
    if (answer instanceof PerRecipient each
        && each.replies().size() != envelope.recipients().size()) {
      throw new IllegalStateException("Not a reply for each recipient: " + each.replies());
    }
    return answer;
  }

  /**
   * A message has been received to its end, and these are its replies.
   *
   * @return the one that stands for all of them
   */
  Reply of(Envelope envelope, DataReply answer) {
    copies = isLmtp ? envelope.recipients().size() : 1;
    Reply reply = overall(envelope, answer);
    written =
        switch (answer) {
          case PerRecipient each when isLmtp -> each.replies();
          case PerRecipient each when isByPrdr(envelope) -> prdr(each, reply);
          case Reply one -> copies(one);
          case PerRecipient each -> List.of(reply);
        };
    overall = reply;
    return reply;
  }

  /**
   * What to write, once, in the place of a reply that the machine has settled. If it made another
   * one of a message's overall reply, this other one goes to all recipients.
   */
  List<Reply> take(Reply settled) {
    if (overall == null) {
      return List.of(settled);
    }
    boolean isKept = settled.equals(overall);
    overall = null;
    return isKept ? written : copies(settled);
  }

  private List<Reply> copies(Reply reply) {
    return copies == 1 ? List.of(reply) : Collections.nCopies(copies, reply);
  }

  /**
   * What was written, as one reply if all recipients heard the same, or that the server closes,
   * which is no reply for a recipient.
   */
  static DataReply told(Envelope envelope, List<Reply> written) {
    int recipients = envelope.recipients().size();
    Reply first = written.get(0);
    if (written.size() == 1 || first.isClosing() || written.stream().allMatch(first::equals)) {
      return first;
    }
    boolean isForEachAlone = written.size() == recipients;
    return new PerRecipient(isForEachAlone ? written : written.subList(1, recipients + 1));
  }

  /** Where each recipient has a reply, one that is accepted is enough for an accepted message. */
  Reply overall(Envelope envelope, DataReply answer) {
    return switch (answer) {
      case Reply reply -> reply;
      case PerRecipient each -> {
        Optional<Reply> accepted = each.replies().stream().filter(Reply::isPositive).findFirst();
        boolean isForEach = isLmtp || isByPrdr(envelope);
        yield isForEach && accepted.isPresent() ? accepted.get() : each.folded();
      }
    };
  }

  /** With one recipient there is nothing to tell apart, and Exim does the same. */
  private static boolean isByPrdr(Envelope envelope) {
    return envelope.mailFrom().parameters().has(Parameter.PRDR) && envelope.recipients().size() > 1;
  }

  private static List<Reply> prdr(PerRecipient each, Reply overall) {
    boolean isMixed = overall.isPositive() && !each.replies().stream().allMatch(Reply::isPositive);
    List<Reply> replies = new ArrayList<>(each.replies().size() + 2);
    replies.add(Replies.REPLIES_FOLLOW);
    replies.addAll(each.replies());
    replies.add(isMixed ? Replies.TAKEN_FOR_SOME : overall);
    return replies;
  }
}
