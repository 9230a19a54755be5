package io.simplesmtp.auth;

import java.util.Optional;

/**
 * Where SCRAM finds the keys of a user. The clear password is not needed.
 *
 * <pre>{@code
 * ScramCredential anns = ScramCredential.of(ScramHash.SHA_256, "secret", 4096);
 * ScramCredentials credentials = (user, hash) ->
 *     user.equals("ann") && hash == ScramHash.SHA_256 ? Optional.of(anns) : Optional.empty();
 * }</pre>
 *
 * <p>It belongs to one session and is called on its thread.
 */
@FunctionalInterface
public interface ScramCredentials {

  /**
   * Finds the stored credential of a user; may block.
   *
   * @param user who authenticates, prepared by {@link SaslPrep#query}
   * @param hash the hash function that the credential must be for
   * @return empty if there is none: the exchange goes on as if there were, and fails at its end
   * @throws Exception if the search could not be made
   */
  Optional<ScramCredential> find(String user, ScramHash hash) throws Exception;

  /**
   * Decides under which name the user goes on, once the proof is right; may block. Nobody may act
   * as another unless this is overridden.
   *
   * @param authorizationId whom the client wants to act as; empty to act as the user itself
   * @return the name of the authenticated user, or empty if it must not act so
   * @throws Exception if that could not be decided
   */
  default Optional<String> authorize(String user, String authorizationId) throws Exception {
    return authorizationId.isEmpty() || authorizationId.equals(user)
        ? Optional.of(user)
        : Optional.empty();
  }

  /**
   * The iteration count that unknown users are shown. Unless it is that of the stored credentials,
   * the challenge tells who is known.
   */
  default int iterations() {
    return ScramCredential.ITERATIONS;
  }
}
