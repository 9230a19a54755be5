package io.simplesmtp.server;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * What the TLS handshake of a session agreed on.
 *
 * <p>Immutable and safe for use by any thread.
 *
 * @param protocol such as {@code TLSv1.3}
 * @param cipherSuite such as {@code TLS_AES_256_GCM_SHA384}
 * @param serverName the host name that the client asked for (SNI, RFC 6066), if it did
 * @param peerCertificates the client's certificate first, then its issuers; empty if it sent none
 */
public record TlsInfo(
    String protocol,
    String cipherSuite,
    Optional<String> serverName,
    List<X509Certificate> peerCertificates) {

  /** Takes a copy of the certificates. */
  public TlsInfo {
    peerCertificates = List.copyOf(peerCertificates);
  }
}
