package io.simplesmtp.internal.session;

import io.simplesmtp.auth.ChannelBindings;
import io.simplesmtp.auth.SaslContext;
import io.simplesmtp.auth.SaslExchange;
import io.simplesmtp.auth.SaslMechanism;
import io.simplesmtp.server.Session;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What AUTH can do on a listener. Immutable but for the counts of failures; safe for use by any
 * thread.
 *
 * @param hostname the server's own name
 * @param mechanisms all that may be offered, in their order; empty if AUTH is not served
 * @param checks the application's checks of credentials
 * @param isWithoutTls whether it is served in clear
 * @param failures count and delay those that fail: the server's, and those of a listener's own
 */
public record Authentication(
    String hostname,
    List<SaslMechanism> mechanisms,
    CredentialChecks checks,
    boolean isWithoutTls,
    List<AuthFailures> failures) {

  /**
   * Counts an exchange as under way, which is to be tried by a client.
   *
   * @return whether it may begin; then {@link #ends} is called behind it
   */
  boolean begins(Session session) {
    Optional<InetAddress> client = session.connection().clientAddress();
    for (int i = 0; i < failures.size(); i++) {
      if (!failures.get(i).begins(client)) {
        failures.subList(0, i).forEach(table -> table.ends(client));
        return false;
      }
    }
    return true;
  }

  /** An exchange that had begun is over, and its failure is counted if it failed. */
  void ends(Session session) {
    failures.forEach(table -> table.ends(session.connection().clientAddress()));
  }

  /**
   * Counts a failure.
   *
   * @param inSession the failures of the session, this one among them
   * @return how long its reply is to be held back
   */
  Duration failed(Session session, int inSession) {
    return failures.stream()
        .map(table -> table.failed(session.connection().clientAddress(), inSession))
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  /** The names of the mechanisms that a client is offered as its session is now. */
  List<String> offered(Session session, ChannelBindings bindings) {
    if (!session.isSecure() && !isWithoutTls) {
      return List.of();
    }
    SaslContext context = context(session, bindings, List.of());
    return mechanisms.stream()
        .filter(mechanism -> mechanism.isAvailable(context))
        .map(SaslMechanism::name)
        .toList();
  }

  /** Begins an exchange of a mechanism that the client was offered. */
  SaslExchange begin(Session session, ChannelBindings bindings, String name) {
    SaslMechanism mechanism =
        mechanisms.stream()
            .filter(m -> m.name().equals(name))
            .findFirst()
            .orElseThrow(); // the machine lets no other name through
    return mechanism.begin(context(session, bindings, offered(session, bindings)));
  }

  private SaslContext context(Session session, ChannelBindings bindings, List<String> offered) {
    return new SessionContext(hostname, session, bindings, checks, offered);
  }
}
