package io.simplesmtp.internal.server;

import io.simplesmtp.internal.session.SessionSettings;
import io.simplesmtp.server.Listener;
import java.util.List;
import java.util.Optional;

/**
 * What a listening socket needs to know.
 *
 * @param tls where the certificate comes from; present if the listener can encrypt
 * @param gates which connections pass through, the listener's own first, so that who is refused
 *     there takes no place at the server's for a moment
 */
public record Endpoint(
    Listener listener, SessionSettings settings, Optional<ServerTls> tls, List<Gate> gates) {}
