package io.simplesmtp.server;

import io.simplesmtp.auth.ScramHash;
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
 * <p>How long it takes is its own affair: one that answers at once for an unknown user and hashes
 * the password of a known one tells who exists. {@link #of} does the same work for both.
 *
 * <p>It is called on the connection's own virtual thread, by many connections at once, and may
 * block.
 */
@FunctionalInterface
public interface PasswordCheck extends Delegation {

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
   * Checks passwords against credentials that are stored for SCRAM, so that one store serves PLAIN
   * and LOGIN, too. An unknown user takes as long as a wrong password, if the credentials have the
   * iteration count of {@link ScramCheck#iterations}.
   *
   * @param hash which credential of a user is asked for
   */
  static PasswordCheck of(ScramCheck credentials, ScramHash hash) {
    return new StoredPasswords(credentials, hash);
  }
}
