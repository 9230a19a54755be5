package io.simplesmtp;

import java.util.List;

/**
 * A mail transaction: its reverse-path and the recipients that were accepted (RFC 5321 section
 * 3.3).
 *
 * <pre>{@code
 * Envelope envelope = new Envelope(
 *     "test-1", MailFrom.of(Mailbox.parse("ann@example.org")),
 *     List.of(RcptTo.of(Mailbox.parse("bob@example.org"))));
 * }</pre>
 *
 * <p>Immutable and safe for use by any thread.
 *
 * @param id names the transaction; unique over sessions and restarts, made of letters, digits and
 *     hyphens, so that it can serve as a queue id or a file name
 * @param mailFrom the argument of MAIL
 * @param recipients the accepted recipients in the order of their RCPT; the same mailbox may occur
 *     more than once
 */
public record Envelope(String id, MailFrom mailFrom, List<RcptTo> recipients) {

  /** Takes a copy of the recipients. */
  public Envelope {
    recipients = List.copyOf(recipients);
  }

  /** This envelope with one recipient more. */
  public Envelope with(RcptTo recipient) {
    RcptTo[] more = recipients.toArray(new RcptTo[recipients.size() + 1]);
    more[recipients.size()] = recipient;
    return new Envelope(id, mailFrom, List.of(more)); // which is not copied again
  }

  /** Where reports of non-delivery go. */
  public ReversePath reversePath() {
    return mailFrom.reversePath();
  }

  /** Such as {@code <ann@example.org> to <bob@example.org>, <carl@example.org>}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(reversePath().path()).append(" to ");
    for (int i = 0; i < recipients.size(); i++) {
      text.append(i == 0 ? "" : ", ").append(recipients.get(i).mailbox().path());
    }
    return text.toString();
  }
}
