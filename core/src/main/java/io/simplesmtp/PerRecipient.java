package io.simplesmtp;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A reply to mail data for each recipient (RFC 2033 section 4.2).
 *
 * <pre>{@code
 * DataReply stored = PerRecipient.of(envelope, to ->
 *     to.isPostmaster() ? Reply.OK : Reply.of(452, "4.2.2", "Mailbox full"));
 * }</pre>
 *
 * <p>In LMTP, and in SMTP for a client that asked for {@link Parameter#PRDR}, each recipient has
 * its reply. SMTP alone has one reply for all, {@link #folded}.
 *
 * <p>Immutable and safe for use by any thread.
 *
 * @param replies in the order of the envelope's recipients; at least one, all of them 2xx, 4xx or
 *     5xx
 * @param mixed what SMTP makes of replies that accept for some recipients and refuse for others
 */
public record PerRecipient(List<Reply> replies, Mixed mixed) implements DataReply {

  /** What SMTP makes of replies that accept for some recipients and refuse for others. */
  public enum Mixed {
    /**
     * The message is refused: with the first 4xx reply if there is one, else with the first 5xx
     * reply. Nothing is lost without the sender's knowledge, but after a 4xx reply the recipients
     * that were accepted get the message again, and after a 5xx one the sender takes it for lost to
     * them too.
     */
    REFUSE,
    /**
     * The message is accepted, with the first 2xx reply. The handler has taken it upon itself to
     * report the refused recipients to the sender (RFC 5321 section 6.1).
     */
    ACCEPT
  }

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

  /**
   * Mixed replies refuse the message in SMTP.
   *
   * @throws IllegalArgumentException if there is none, or one that neither accepts nor refuses
   */
  public PerRecipient(List<Reply> replies) {
    this(replies, Mixed.REFUSE);
  }

  /** Asks for the reply for each recipient of an envelope in turn. */
  public static PerRecipient of(Envelope envelope, Function<RcptTo, Reply> reply) {
    return new PerRecipient(envelope.recipients().stream().map(reply).toList());
  }

  /** These replies with another {@code mixed}. */
  public PerRecipient withMixed(Mixed value) {
    return new PerRecipient(replies, value);
  }

  /**
   * The one reply that stands for all of them in SMTP. If all accept it is the first; if all refuse
   * it is the first 4xx reply, so that the client tries again, or the first one if there is none;
   * otherwise {@code mixed} decides.
   */
  public Reply folded() {
    Optional<Reply> accepted = replies.stream().filter(Reply::isPositive).findFirst();
    Optional<Reply> refused =
        replies.stream()
            .filter(Reply::isTransient)
            .findFirst()
            .or(() -> replies.stream().filter(Reply::isPermanent).findFirst());
    return switch (mixed) {
      case REFUSE -> refused.or(() -> accepted).orElseThrow();
      case ACCEPT -> accepted.or(() -> refused).orElseThrow();
    };
  }
}
