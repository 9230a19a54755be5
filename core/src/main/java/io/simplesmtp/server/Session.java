package io.simplesmtp.server;

import io.simplesmtp.Hello;
import io.simplesmtp.auth.Identity;
import java.util.Optional;

/**
 * What is known of a client's session at one moment, from its greeting to its close.
 *
 * <pre>{@code
 * String who = session.identity().map(Identity::name).orElse("a stranger");
 * System.out.println(session.id() + ": " + who + " from " + session.connection().client());
 * }</pre>
 *
 * <p>A handler gets a new snapshot with each call. Immutable and safe for use by any thread.
 *
 * @param id names the session in logs and events; unique over restarts, made of letters, digits and
 *     hyphens
 * @param connection the ends of the connection
 * @param hello how the client introduced itself; empty before EHLO or HELO and after STARTTLS
 * @param tls what TLS agreed on; empty in clear
 * @param identity who the client proved to be, or as whom ANONYMOUS let it in; empty without AUTH
 */
public record Session(
    String id,
    ConnectionInfo connection,
    Optional<Hello> hello,
    Optional<TlsInfo> tls,
    Optional<Identity> identity) {

  /** Whether the connection is encrypted. */
  public boolean isSecure() {
    return tls.isPresent();
  }

  /** Whether the client proved who it is; who came in by ANONYMOUS did not (RFC 4505). */
  public boolean isAuthenticated() {
    return identity.isPresent() && !identity.get().isAnonymous();
  }
}
