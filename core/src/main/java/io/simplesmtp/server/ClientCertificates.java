package io.simplesmtp.server;

/**
 * Whether a server asks its clients for a certificate.
 *
 * <pre>{@code
 * TlsConfig known = TlsConfig.fromPem(Path.of("fullchain.pem"), Path.of("privkey.pem"))
 *     .withClientCertificates(ClientCertificates.WANTED, Path.of("clients-ca.pem"));
 * }</pre>
 *
 * <p>Immutable and safe for use by any thread.
 */
public enum ClientCertificates {
  /** They are not asked for. */
  NONE,
  /** A client may have none; one that nobody trusted vouches for fails the handshake. */
  WANTED,
  /** Without one that is vouched for, the handshake fails. */
  NEEDED
}
