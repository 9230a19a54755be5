package io.simplesmtp.app.load;

import java.time.Duration;
import java.util.Optional;

/**
 * How a session gets to the point where it can send mail.
 *
 * @param hostname what EHLO says
 * @param isLmtp whether the server speaks LMTP (RFC 2033)
 * @param mode when TLS begins
 * @param tls what is asked of the server's certificate; there is one if there is TLS
 * @param login how to authenticate, if at all
 * @param timeout how long the server may be silent
 */
public record Access(
    String hostname,
    boolean isLmtp,
    TlsMode mode,
    Optional<ClientTls> tls,
    Optional<Login> login,
    Duration timeout) {}
