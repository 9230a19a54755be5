package io.simplesmtp.server;

import java.util.Optional;

/**
 * Decides whether an OAuth 2.0 access token is good; the application's part of AUTH OAUTHBEARER
 * (RFC 7628) and AUTH XOAUTH2.
 *
 * <pre>{@code
 * Map<String, String> sessions = Map.of("vF9dft4qmTc2Nvb3Rl", "ann@example.org");
 * TokenCheck tokens = (session, user, token) -> Optional.ofNullable(sessions.get(token));
 * }</pre>
 *
 * <p>It is called on the connection's own virtual thread, by many connections at once, and may
 * block.
 */
@FunctionalInterface
public interface TokenCheck {

  /**
   * Checks a token: that it is in date, is meant for this server, and is for this user.
   *
   * @param session the client's session, not authenticated yet
   * @param user whom the client says the token is for; may be empty with OAUTHBEARER
   * @param token as the client sent it, of the letters, digits and signs of RFC 6750 section 2.1
   * @return the name that {@link Session#identity()} carries from now on; or empty, for which the
   *     client is told what token it needs, and then gets 535 5.7.8
   * @throws Exception if the check could not be made: the client gets 454 4.7.0 and may try again;
   *     an {@link io.simplesmtp.SmtpRejectException} is answered with its own reply
   */
  Optional<String> verify(Session session, String user, String token) throws Exception;

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
