package io.simplesmtp.server;

import java.util.Optional;

/**
 * Decides whether an authenticated user may act as another one (RFC 4422 section 3.4.1): a part of
 * each check whose mechanism lets a client say so.
 *
 * <pre>{@code
 * Delegation support = new Delegation() {
 *   @Override public Optional<String> authorize(Session session, String name, String other) {
 *     return name.equals("support") ? Optional.of(other) : Optional.empty();
 *   }
 * };
 * }</pre>
 *
 * <p>It is called on the connection's own virtual thread, by many connections at once, and may
 * block.
 */
public interface Delegation {

  /**
   * Decides about one user. Nobody may act as another unless this is overridden.
   *
   * @param name who has authenticated, as the check named it
   * @param authorizationId whom the client wants to act as, not empty
   * @return the name that the session carries, or empty for 535 5.7.8
   * @throws Exception if that could not be decided: the client gets 454 4.7.0 and may try again; an
   *     {@link io.simplesmtp.SmtpRejectException} is answered with its own reply
   */
  default Optional<String> authorize(Session session, String name, String authorizationId)
      throws Exception {
    return name.equals(authorizationId) ? Optional.of(name) : Optional.empty();
  }
}
