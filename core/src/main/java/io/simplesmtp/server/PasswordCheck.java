package io.simplesmtp.server;

import java.util.Optional;

/**
 * Decides whether a user and password belong together; the application's part of AUTH PLAIN and
 * AUTH LOGIN.
 *
 * <pre>{@code
 * PasswordCheck accounts = (session, user, password) ->
 *     user.equals("ann") && password.equals("secret") ? Optional.of("ann") : Optional.empty();
 * }</pre>
 *
 * <p>It is called on the connection's own virtual thread, by many connections at once, and may
 * block.
 */
@FunctionalInterface
public interface PasswordCheck {

  /**
   * Checks a password.
   *
   * @param session the client's session, not authenticated yet
   * @param user as the client sent it, UTF-8, not empty
   * @param password as the client sent it, UTF-8, not empty
   * @return the name under which the user is known from now on, which {@link Session#identity()}
   *     then carries; or empty, for which the client gets 535 5.7.8
   * @throws Exception if the check could not be made: the client gets 454 4.7.0 and may try again;
   *     an {@link io.simplesmtp.SmtpRejectException} is answered with its own reply
   */
  Optional<String> verify(Session session, String user, String password) throws Exception;

  /**
   * Decides whether an authenticated user may act as another one (RFC 4616 section 2). Nobody may
   * unless this is overridden.
   *
   * @param name what {@link #verify} returned
   * @param authorizationId whom the client wants to act as, not empty
   * @return the name that the session carries, or empty for 535 5.7.8
   * @throws Exception as for {@link #verify}
   */
  default Optional<String> authorize(Session session, String name, String authorizationId)
      throws Exception {
    return name.equals(authorizationId) ? Optional.of(name) : Optional.empty();
  }
}
