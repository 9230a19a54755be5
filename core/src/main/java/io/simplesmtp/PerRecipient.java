package io.simplesmtp;

import java.util.List;
import java.util.function.Function;

/**
 * A reply to mail data for each recipient (RFC 2033 section 4.2).
 *
 * <pre>{@code
 * DataReply stored = PerRecipient.of(envelope, to ->
 *     to.isPostmaster() ? Reply.OK : Reply.of(452, "4.2.2", "Mailbox full"));
 * }</pre>
 *
 * <p>Immutable and safe for use by any thread.
 *
 * @param replies in the order of the envelope's recipients; at least one, all of them 2xx, 4xx or
 *     5xx
 */
public record PerRecipient(List<Reply> replies) implements DataReply {

  /**
   * Takes a copy of the replies.
   *
   * @throws IllegalArgumentException if there is none, or one that neither accepts nor refuses
   */
  public PerRecipient {
    replies = List.copyOf(replies);
    if (replies.isEmpty()) {
      throw new IllegalArgumentException("There is a reply for each recipient");
    }
    for (Reply reply : replies) {
      if (reply.code() / 100 == 3 || reply.isClosing()) {
        throw new IllegalArgumentException("Not a reply for a recipient: " + reply);
      }
    }
  }

  /** Asks for the reply for each recipient of an envelope in turn. */
  public static PerRecipient of(Envelope envelope, Function<RcptTo, Reply> reply) {
    return new PerRecipient(envelope.recipients().stream().map(reply).toList());
  }
}
