package io.simplesmtp.server.policy;

import io.simplesmtp.Envelope;
import io.simplesmtp.Host;
import io.simplesmtp.RcptTo;
import io.simplesmtp.Reply;
import io.simplesmtp.server.Session;
import io.simplesmtp.server.SmtpPolicy;
import java.util.Optional;
import java.util.Set;

/**
 * Takes mail for certain domains and for no others, whoever the client is: 550 5.7.1.
 *
 * <pre>{@code
 * SmtpPolicy ours = AcceptedDomains.of("example.org", "mx.example.org");
 * }</pre>
 *
 * <p>Name the server's own hostname too: {@code <Postmaster>} without a domain is there, and RFC
 * 5321 section 4.5.1 wants it served. Immutable and safe for use by any thread.
 *
 * @param domains domains or address literals; subdomains are not meant with them
 */
public record AcceptedDomains(Set<Host> domains) implements SmtpPolicy {

  static final Reply ELSEWHERE = Reply.of(550, "5.7.1", "Mail for this domain is not taken here");

  /** Takes a copy of the domains. */
  public AcceptedDomains {
    domains = Set.copyOf(domains);
  }

  /**
   * Reads the domains.
   *
   * @throws IllegalArgumentException if one is neither a domain nor an address literal
   */
  public static AcceptedDomains of(String... domains) {
    return new AcceptedDomains(Hosts.parse(domains));
  }

  @Override
  public Optional<Reply> rcpt(Session session, Envelope soFar, RcptTo to) {
    return domains.contains(to.mailbox().host()) ? Optional.empty() : Optional.of(ELSEWHERE);
  }
}
