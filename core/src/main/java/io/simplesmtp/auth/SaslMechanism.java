package io.simplesmtp.auth;

/**
 * A SASL mechanism that a server offers with AUTH (RFC 4422, RFC 4954).
 *
 * <pre>{@code
 * record Token(byte[] expected) implements SaslMechanism {
 *   @Override public String name() {
 *     return "X-TOKEN";
 *   }
 *   @Override public SaslExchange begin(PasswordVerifier verifier) {
 *     return new SaslExchange() {
 *       @Override public SaslStep start() {
 *         return new SaslStep.Challenge(new byte[0]);
 *       }
 *       @Override public SaslStep respond(byte[] response) {
 *         return java.security.MessageDigest.isEqual(response, expected)
 *             ? new SaslStep.Success(new Identity("token", name()))
 *             : new SaslStep.Failure();
 *       }
 *     };
 *   }
 * }
 * }</pre>
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
