package io.simplesmtp.server;

import java.util.Optional;

/**
 * Finds a user's password in clear; the application's part of AUTH CRAM-MD5.
 *
 * <pre>{@code
 * SecretCheck secrets = (session, user) ->
 *     user.equals("ann") ? Optional.of("secret") : Optional.empty();
 * }</pre>
 *
 * <p>It is called on the connection's own virtual thread, by many connections at once, and may
 * block.
 */
@FunctionalInterface
public interface SecretCheck {

  /**
   * Finds a password.
   *
   * @param session the client's session, not authenticated yet
   * @param user as the client sent it, UTF-8, not empty; the name that {@link Session#identity()}
   *     carries if the client knows the password
   * @return empty if there is no such user, for which the client gets 535 5.7.8 as for a wrong
   *     password
   * @throws Exception if the search could not be made: the client gets 454 4.7.0 and may try again;
   *     an {@link io.simplesmtp.SmtpRejectException} is answered with its own reply
   */
  Optional<String> find(Session session, String user) throws Exception;
}
