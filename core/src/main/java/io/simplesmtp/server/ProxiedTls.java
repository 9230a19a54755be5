package io.simplesmtp.server;

import java.util.Optional;

/**
 * What TLS between a client and a proxy agreed on, as the proxy tells it. The server has seen none
 * of it: {@link Session#tls()} is that of its own connection.
 *
 * <pre>{@code
 * boolean wasSecure = session.connection().proxied().flatMap(Proxied::tls).isPresent();
 * }</pre>
 *
 * <p>Immutable and safe for use by any thread.
 *
 * @param protocol such as {@code TLSv1.3}
 * @param cipherSuite as the proxy's library writes it, such as {@code TLS_AES_256_GCM_SHA384}
 * @param commonName of the client's certificate
 * @param isVerified whether the client sent a certificate that the proxy found good
 */
public record ProxiedTls(
    Optional<String> protocol,
    Optional<String> cipherSuite,
    Optional<String> commonName,
    boolean isVerified) {}
