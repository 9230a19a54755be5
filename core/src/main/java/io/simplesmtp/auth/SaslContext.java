package io.simplesmtp.auth;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * What a server can do for one client: what it knows of the connection, and which credentials it
 * can check. A mechanism is offered exactly if it is {@linkplain SaslMechanism#isAvailable
 * available} here.
 *
 * <pre>{@code
 * SaslContext context = new SaslContext() {
 *   @Override public String hostname() {
 *     return "mx.example.org";
 *   }
 *   @Override public Optional<PasswordVerifier> passwords() {
 *     return Optional.of((authorizationId, user, password) -> Optional.empty());
 *   }
 * };
 * boolean isOffered = new Plain().isAvailable(context);
 * }</pre>
 *
 * <p>It belongs to one session and is used on its thread. All that a server does not say is empty.
 */
public interface SaslContext {

  /** The server's own name. */
  String hostname();

  /** Whether the connection is encrypted. */
  default boolean isSecure() {
    return false;
  }

  /**
   * The names of the mechanisms that this client is offered; not to be asked for by {@link
   * SaslMechanism#isAvailable}.
   */
  default List<String> mechanisms() {
    return List.of();
  }

  /** What ties an exchange to this very TLS connection (RFC 5056). */
  default ChannelBindings channelBindings() {
    return ChannelBindings.NONE;
  }

  /** The client's certificate and then its issuers, as TLS has checked them. */
  default List<X509Certificate> clientCertificates() {
    return List.of();
  }

  /** Checks clear passwords: PLAIN and LOGIN. */
  default Optional<PasswordVerifier> passwords() {
    return Optional.empty();
  }

  /** Finds stored keys: SCRAM. */
  default Optional<ScramCredentials> scram() {
    return Optional.empty();
  }

  /** Finds clear passwords: CRAM-MD5. */
  default Optional<SharedSecrets> secrets() {
    return Optional.empty();
  }

  /** Checks OAuth 2.0 access tokens: OAUTHBEARER and XOAUTH2. */
  default Optional<TokenVerifier> tokens() {
    return Optional.empty();
  }

  /** Names the owner of a certificate: EXTERNAL. */
  default Optional<CertificateVerifier> certificates() {
    return Optional.empty();
  }

  /** Lets clients in without a name: ANONYMOUS. */
  default Optional<AnonymousVerifier> anonymous() {
    return Optional.empty();
  }
}
