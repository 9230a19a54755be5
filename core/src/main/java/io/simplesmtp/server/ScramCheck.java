package io.simplesmtp.server;

import io.simplesmtp.auth.ScramCredential;
import io.simplesmtp.auth.ScramHash;
import java.util.Optional;

/**
 * Finds what is stored of a user's password; the application's part of AUTH SCRAM-SHA-256,
 * SCRAM-SHA-1 and their -PLUS forms.
 *
 * <pre>{@code
 * ScramCredential anns = ScramCredential.of(ScramHash.SHA_256, "secret", 4096);
 * ScramCheck stored = (session, user, hash) ->
 *     user.equals("ann") && hash == ScramHash.SHA_256 ? Optional.of(anns) : Optional.empty();
 * }</pre>
 *
 * <p>An unknown user is led through the whole exchange with a salt of its own and fails at its end,
 * so that nobody learns who exists; the time that the search takes is the application's affair.
 *
 * <p>It is called on the connection's own virtual thread, by many connections at once, and may
 * block.
 */
@FunctionalInterface
public interface ScramCheck extends Delegation {

  /**
   * Finds a credential.
   *
   * @param session the client's session, not authenticated yet
   * @param user as the client sent it, prepared by {@link io.simplesmtp.auth.SaslPrep#query}, not
   *     empty; the name that {@link Session#identity()} carries if the proof is right
   * @param hash the hash function that the credential must be for
   * @return empty if there is no such user, or none with a credential for this hash
   * @throws Exception if the search could not be made: the client gets 454 4.7.0 and may try again;
   *     an {@link io.simplesmtp.SmtpRejectException} is answered with its own reply
   */
  Optional<ScramCredential> find(Session session, String user, ScramHash hash) throws Exception;

  /**
   * The iteration count that unknown users are shown; 4,096. Unless it is that of the stored
   * credentials, clients can tell who is known.
   */
  default int iterations() {
    return ScramCredential.ITERATIONS;
  }
}
