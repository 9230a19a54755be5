package io.simplesmtp.server;

import java.net.SocketAddress;
import java.util.Optional;

/**
 * What a trusted host told with XCLIENT of the client that it speaks for, besides the addresses,
 * which are those of the {@link ConnectionInfo}, and the user, who is {@link Session#identity()}
 * with the mechanism {@code XCLIENT}.
 *
 * <pre>{@code
 * Optional<String> name = session.connection().xclient().flatMap(XClient::name);
 * }</pre>
 *
 * <p>All texts are printable ASCII. Immutable and safe for use by any thread.
 *
 * @param sender the host that said so
 * @param name the client's host name; a name that its sender looked up, or none
 * @param protocol {@code SMTP} or {@code ESMTP}, as the client spoke to the sender
 * @param helo the argument of the client's HELO or EHLO; {@link Session#hello()} is what was said
 *     since
 */
public record XClient(
    SocketAddress sender,
    Optional<String> name,
    Optional<String> protocol,
    Optional<String> helo) {}
