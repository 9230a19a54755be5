package io.simplesmtp.auth;

import java.util.Optional;

/**
 * What a mechanism that carries a password asks to have it checked.
 *
 * <pre>{@code
 * PasswordVerifier verifier = (authorizationId, user, password) ->
 *     user.equals("ann") && password.equals("secret") ? Optional.of("ann") : Optional.empty();
 * }</pre>
 *
 * <p>It belongs to one exchange and is called on its thread.
 */
@FunctionalInterface
public interface PasswordVerifier {

  /**
   * Checks a password; may block.
   *
   * @param authorizationId whom the client wants to act as; empty to act as the user itself
   * @param user who authenticates
   * @param password the password as it was sent
   * @return the name of the authenticated user, or empty if the password is wrong
   * @throws Exception if the check could not be made
   */
  Optional<String> verify(String authorizationId, String user, String password) throws Exception;
}
