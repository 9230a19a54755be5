package io.simplesmtp.server;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * What the TLS handshake of a session agreed on.
 *
 * <pre>{@code
 * String version = session.tls().map(TlsInfo::protocol).orElse("clear");
 * }</pre>
 *
 * <p>Immutable and safe for use by any thread.
 *
 * @param protocol such as {@code TLSv1.3}
 * @param cipherSuite such as {@code TLS_AES_256_GCM_SHA384}
 * @param serverName the host name that the client asked for (SNI, RFC 6066 section 3), if it did,
 *     in lower case; not necessarily one that the server has a certificate for
 * @param applicationProtocol {@code smtp} or {@code esmtp} if the client named its protocol (ALPN,
 *     RFC 7301); empty for the many that do not
 * @param peerCertificates the client's certificate first, then its issuers, verified against the
 *     authorities of the {@link TlsConfig}; empty if it sent none, and after XCLIENT, as they are
 *     those of the host that speaks for the client
 */
public record TlsInfo(
    String protocol,
    String cipherSuite,
    Optional<String> serverName,
    Optional<String> applicationProtocol,
    List<X509Certificate> peerCertificates) {

  /** Takes a copy of the certificates. */
  public TlsInfo {
    peerCertificates = List.copyOf(peerCertificates);
  }

  /** On one line, and of the certificates only how many there are. */
  @Override
  public String toString() {
    return "TlsInfo[protocol=%s, cipherSuite=%s, serverName=%s, applicationProtocol=%s, certificates=%d]"
        .formatted(
            protocol,
            cipherSuite,
            serverName.orElse("none"),
            applicationProtocol.orElse("none"),
            peerCertificates.size());
  }
}
