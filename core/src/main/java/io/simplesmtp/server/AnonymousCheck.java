package io.simplesmtp.server;

import java.util.Optional;

/**
 * Decides whether a client may come in without a name; the application's part of AUTH ANONYMOUS
 * (RFC 4505).
 *
 * <pre>{@code
 * AnonymousCheck guests = (session, trace) -> Optional.of("anonymous");
 * }</pre>
 *
 * <p>Who comes in so has proved nothing and stays a stranger, who may not relay: {@link
 * Session#isAuthenticated()} is false. A server with this check does not start with a listener that
 * requires AUTH. It is called on the connection's own virtual thread, by many connections at once,
 * and may block.
 */
@FunctionalInterface
public interface AnonymousCheck {

  /**
   * Decides about a client.
   *
   * @param session the client's session, not authenticated yet
   * @param trace what the client says of itself, which proves nothing: an address, a word or
   *     nothing, at most 255 characters without controls
   * @return the name that {@link Session#identity()} carries from now on; or empty, for which the
   *     client gets 535 5.7.8
   * @throws Exception if that could not be decided: the client gets 454 4.7.0 and may try again; an
   *     {@link io.simplesmtp.SmtpRejectException} is answered with its own reply
   */
  Optional<String> verify(Session session, String trace) throws Exception;
}
