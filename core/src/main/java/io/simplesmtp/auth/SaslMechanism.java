package io.simplesmtp.auth;

/**
 * A SASL mechanism that a server offers with AUTH (RFC 4422, RFC 4954).
 *
 * <p>Implementations are immutable and safe for use by any thread.
 */
public interface SaslMechanism {

  /** The registered name in capitals, such as {@code PLAIN}. */
  String name();

  /**
   * Begins an exchange with one client.
   *
   * @param verifier checks what the client sends
   */
  SaslExchange begin(PasswordVerifier verifier);
}
