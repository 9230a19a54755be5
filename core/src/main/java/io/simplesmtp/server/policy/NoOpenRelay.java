package io.simplesmtp.server.policy;

import io.simplesmtp.Envelope;
import io.simplesmtp.Host;
import io.simplesmtp.RcptTo;
import io.simplesmtp.Reply;
import io.simplesmtp.server.Network;
import io.simplesmtp.server.Session;
import io.simplesmtp.server.SmtpPolicy;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes mail for one's own domains from everybody, and for others only from clients that have
 * authenticated or are trusted: 550 5.7.1 otherwise (RFC 5321 section 3.6.2).
 *
 * <pre>{@code
 * SmtpPolicy relay = NoOpenRelay.of("example.org", "mx.example.org").trusting("10.0.0.0/8");
 * }</pre>
 *
 * <p>Nor do others get a route past it: a local-part with {@code %}, {@code !} or {@code @}, such
 * as {@code eve%elsewhere.org@example.org}, means another domain to some mail servers.
 *
 * <p>Name the server's own hostname too: {@code <Postmaster>} without a domain is there. That a
 * mailbox exists is for the handler to say. A client on a Unix-domain socket has no address and is
 * not trusted by one. Immutable and safe for use by any thread.
 *
 * @param domains one's own: domains or address literals; subdomains are not meant with them
 * @param trusted where clients need not authenticate
 */
public record NoOpenRelay(Set<Host> domains, List<Network> trusted) implements SmtpPolicy {

  private static final Reply DENIED = Reply.of(550, "5.7.1", "Relaying denied");

  /** Takes copies. */
  public NoOpenRelay {
    domains = Set.copyOf(domains);
    trusted = List.copyOf(trusted);
  }

  /**
   * Trusts nobody yet.
   *
   * @throws IllegalArgumentException if one is neither a domain nor an address literal
   */
  public static NoOpenRelay of(String... domains) {
    return new NoOpenRelay(Hosts.parse(domains), List.of());
  }

  /**
   * Trusts clients in these networks, and no others.
   *
   * @throws IllegalArgumentException if one is no {@link Network}
   */
  public NoOpenRelay trusting(String... networks) {
    return new NoOpenRelay(domains, Arrays.stream(networks).map(Network::parse).toList());
  }

  @Override
  public Optional<Reply> rcpt(Session session, Envelope soFar, RcptTo to) {
    boolean isOurs = domains.contains(to.mailbox().host()) && !isRouted(to.mailbox().localPart());
    boolean isAllowed = isOurs || session.isAuthenticated() || isTrusted(session);
    return isAllowed ? Optional.empty() : Optional.of(DENIED);
  }

  private static boolean isRouted(String localPart) {
    return localPart.chars().anyMatch(c -> c == '%' || c == '!' || c == '@');
  }

  private boolean isTrusted(Session session) {
    return session
        .connection()
        .clientAddress()
        .filter(client -> trusted.stream().anyMatch(network -> network.contains(client)))
        .isPresent();
  }
}
