package io.simplesmtp.auth;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * What EXTERNAL asks to have a client certificate mapped to a user.
 *
 * <pre>{@code
 * CertificateVerifier verifier = (authorizationId, chain) ->
 *     Optional.of(chain.get(0).getSubjectX500Principal().getName());
 * }</pre>
 *
 * <p>It belongs to one session and is called on its thread.
 */
@FunctionalInterface
public interface CertificateVerifier {

  /**
   * Names the owner of a certificate; may block.
   *
   * @param authorizationId whom the client wants to act as; empty to act as the owner
   * @param chain the client's certificate first, then its issuers; TLS has checked them
   * @return the name of the authenticated user, or empty if there is none
   * @throws Exception if the check could not be made
   */
  Optional<String> verify(String authorizationId, List<X509Certificate> chain) throws Exception;
}
