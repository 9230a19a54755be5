package io.simplesmtp.app;

import io.simplesmtp.Envelope;
import io.simplesmtp.RcptTo;
import io.simplesmtp.Reply;
import io.simplesmtp.server.Session;
import io.simplesmtp.server.SmtpPolicy;
import java.util.List;
import java.util.Optional;

/**
 * Refuses recipients by rules. Immutable and safe for use by any thread.
 *
 * @param rules the first that fits decides
 */
record RejectedRecipients(List<RecipientRule> rules) implements SmtpPolicy {

  /** Takes a copy of the rules. */
  RejectedRecipients {
    rules = List.copyOf(rules);
  }

  @Override
  public Optional<Reply> rcpt(Session session, Envelope soFar, RcptTo to) {
    return rules.stream()
        .filter(rule -> rule.matches(to.mailbox()))
        .map(RecipientRule::reply)
        .findFirst();
  }
}
