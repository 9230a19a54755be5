package io.simplesmtp.auth;

import java.util.Optional;

/**
 * What OAUTHBEARER and XOAUTH2 ask to have an access token checked (RFC 6750).
 *
 * <pre>{@code
 * TokenVerifier verifier = (user, token) ->
 *     token.equals("t0ken") ? Optional.of("ann") : Optional.empty();
 * }</pre>
 *
 * <p>It belongs to one session and is called on its thread.
 */
@FunctionalInterface
public interface TokenVerifier {

  /**
   * Checks a token; may block.
   *
   * @param user whom the client says the token is for; may be empty with OAUTHBEARER
   * @param token the token as it was sent
   * @return the name of the authenticated user, or empty if the token is not good for it
   * @throws Exception if the check could not be made
   */
  Optional<String> verify(String user, String token) throws Exception;

  /** The OAuth scope that a client is told to ask for when its token fails; empty for none. */
  default String scope() {
    return "";
  }

  /**
   * The URL of the OpenID provider's configuration that a client is told when its token fails (RFC
   * 7628 section 3.2.2); empty for none.
   */
  default String openIdConfiguration() {
    return "";
  }
}
