package io.simplesmtp.app;

import io.simplesmtp.Envelope;
import io.simplesmtp.Host;
import io.simplesmtp.RcptTo;
import io.simplesmtp.Reply;
import io.simplesmtp.server.Session;
import io.simplesmtp.server.SmtpPolicy;
import java.util.Optional;

/**
 * Lets pass the server's own postmaster, whom every server must take mail for (RFC 5321 section
 * 4.5.1), and no other mailbox of its hostname, and asks a policy about everybody else.
 *
 * @param hostname where postmaster without a domain is
 */
record PostmasterToo(Host hostname, SmtpPolicy policy) implements SmtpPolicy {

  @Override
  public Optional<Reply> rcpt(Session session, Envelope soFar, RcptTo to) throws Exception {
    boolean isOurs = to.isPostmaster() && to.mailbox().host().equals(hostname);
    return isOurs ? Optional.empty() : policy.rcpt(session, soFar, to);
  }
}
