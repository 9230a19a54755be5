package io.simplesmtp.server;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * Names the owner of a client's TLS certificate; the application's part of AUTH EXTERNAL (RFC
 * 4422).
 *
 * <pre>{@code
 * CertificateCheck owners = (session, chain) ->
 *     chain.get(0).getSubjectX500Principal().getName().equals("CN=ann")
 *         ? Optional.of("ann") : Optional.empty();
 * }</pre>
 *
 * <p>It is called on the connection's own virtual thread, by many connections at once, and may
 * block.
 */
@FunctionalInterface
public interface CertificateCheck extends Delegation {

  /**
   * Names the owner of a certificate.
   *
   * @param session the client's session, not authenticated yet
   * @param chain the client's certificate first, then its issuers; the handshake has checked them
   *     against the authorities that the server trusts
   * @return the name that {@link Session#identity()} carries from now on; or empty, for which the
   *     client gets 535 5.7.8
   * @throws Exception if the check could not be made: the client gets 454 4.7.0 and may try again;
   *     an {@link io.simplesmtp.SmtpRejectException} is answered with its own reply
   */
  Optional<String> verify(Session session, List<X509Certificate> chain) throws Exception;
}
