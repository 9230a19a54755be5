package io.simplesmtp.auth;

import java.util.Optional;

/**
 * Where CRAM-MD5 finds the clear password of a user.
 *
 * <pre>{@code
 * SharedSecrets secrets = user ->
 *     user.equals("ann") ? Optional.of("secret") : Optional.empty();
 * }</pre>
 *
 * <p>It belongs to one session and is called on its thread.
 */
@FunctionalInterface
public interface SharedSecrets {

  /**
   * Finds a password; may block.
   *
   * @param user who authenticates, as it was sent
   * @return empty if the user is not known: the exchange fails as if the password were wrong
   * @throws Exception if the search could not be made
   */
  Optional<String> find(String user) throws Exception;
}
