package io.simplesmtp.server.policy;

import io.simplesmtp.MailFrom;
import io.simplesmtp.Mailbox;
import io.simplesmtp.Reply;
import io.simplesmtp.auth.Identity;
import io.simplesmtp.server.Session;
import io.simplesmtp.server.SmtpPolicy;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * A client that has authenticated sends from its own addresses alone: 550 5.7.1 (RFC 6409 section
 * 6.1).
 *
 * <pre>{@code
 * Map<String, Set<Mailbox>> addresses = Map.of("ann", Set.of(Mailbox.parse("ann@example.org")));
 * SmtpPolicy own = new SenderMatchesLogin((user, sender) ->
 *     addresses.getOrDefault(user.name(), Set.of()).contains(sender));
 * }</pre>
 *
 * <p>The null path is let pass, because mail programs send receipts from it. So is whoever has not
 * authenticated; let the listener require that. The From field of the message is not looked at. As
 * safe for use by many threads as its predicate.
 *
 * @param isOwn whether a mailbox is one of the user's
 */
public record SenderMatchesLogin(BiPredicate<Identity, Mailbox> isOwn) implements SmtpPolicy {

  private static final Reply NOT_YOURS =
      Reply.of(550, "5.7.1", "You may not send from this address");

  @Override
  public Optional<Reply> mail(Session session, MailFrom from) {
    return session.identity().isPresent()
            && from.reversePath() instanceof Mailbox sender
            && !isOwn.test(session.identity().get(), sender)
        ? Optional.of(NOT_YOURS)
        : Optional.empty();
  }
}
