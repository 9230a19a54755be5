package io.simplesmtp.auth;

import java.util.List;

/**
 * A SASL mechanism that a server offers with AUTH (RFC 4422, RFC 4954).
 *
 * <pre>{@code
 * record Token(byte[] expected) implements SaslMechanism {
 *   @Override public String name() {
 *     return "X-TOKEN";
 *   }
 *   @Override public boolean isAvailable(SaslContext context) {
 *     return context.isSecure();
 *   }
 *   @Override public SaslExchange begin(SaslContext context) {
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
   * Whether the server can serve this mechanism to the client; asked at each EHLO, so it must not
   * block.
   */
  boolean isAvailable(SaslContext context);

  /**
   * Begins an exchange with one client.
   *
   * @param context one in which the mechanism is available
   */
  SaslExchange begin(SaslContext context);

  /** All mechanisms of the library in the order in which a server prefers them. */
  static List<SaslMechanism> all() {
    byte[] key = Scram.randomKey();
    return List.of(
        new External(),
        Scram.plus(ScramHash.SHA_256).withDecoyKey(key),
        Scram.plus(ScramHash.SHA_1).withDecoyKey(key),
        Scram.of(ScramHash.SHA_256).withDecoyKey(key),
        Scram.of(ScramHash.SHA_1).withDecoyKey(key),
        new OAuthBearer(),
        new XOAuth2(),
        new CramMd5(),
        new Plain(),
        new Login(),
        new Anonymous());
  }
}
