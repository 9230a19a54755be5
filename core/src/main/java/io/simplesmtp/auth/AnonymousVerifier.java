package io.simplesmtp.auth;

import java.util.Optional;

/**
 * What ANONYMOUS asks whether a client may come in without a name (RFC 4505).
 *
 * <pre>{@code
 * AnonymousVerifier verifier = trace -> Optional.of("guest");
 * }</pre>
 *
 * <p>It belongs to one session and is called on its thread.
 */
@FunctionalInterface
public interface AnonymousVerifier {

  /**
   * Decides about a client; may block.
   *
   * @param trace what the client says of itself, which proves nothing: an address, a word or
   *     nothing, at most 255 characters without controls
   * @return the name that the session carries, such as {@code anonymous}, or empty to refuse
   * @throws Exception if that could not be decided
   */
  Optional<String> verify(String trace) throws Exception;
}
