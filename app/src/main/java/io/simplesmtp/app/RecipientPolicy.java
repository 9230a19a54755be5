package io.simplesmtp.app;

import io.simplesmtp.Host;
import io.simplesmtp.RcptTo;
import io.simplesmtp.Reply;
import java.util.List;
import java.util.Set;

/**
 * Decides for whom mail is taken. Immutable and safe for use by any thread.
 *
 * @param rules who is refused; the first that fits decides
 * @param domains who is taken, or empty for everybody
 * @param hostname where postmaster without a domain is
 */
record RecipientPolicy(List<RecipientRule> rules, Set<Host> domains, Host hostname) {

  private static final Reply ELSEWHERE =
      Reply.of(550, "5.7.1", "Mail for this domain is not taken here");

  Reply judge(RcptTo to) {
    for (RecipientRule rule : rules) {
      if (rule.matches(to.mailbox())) {
        return rule.reply();
      }
    }
    Host host = to.mailbox().host();
    boolean isLocal = to.isPostmaster() && host.equals(hostname);
    return domains.isEmpty() || domains.contains(host) || isLocal ? Reply.RECIPIENT_OK : ELSEWHERE;
  }
}
