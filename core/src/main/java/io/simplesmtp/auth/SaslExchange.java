package io.simplesmtp.auth;

/**
 * One run of a mechanism with one client. Used by one thread; may block in the check of the
 * credentials.
 *
 * <pre>{@code
 * SaslContext context = new SaslContext() {
 *   @Override public String hostname() {
 *     return "mx.example.org";
 *   }
 *   @Override public Optional<PasswordVerifier> passwords() {
 *     return Optional.of((authorizationId, user, password) -> Optional.of(user));
 *   }
 * };
 * SaslExchange exchange = new Plain().begin(context);
 * SaslStep step = exchange.respond(new byte[] {0, 'a', 0, 'b'});
 * }</pre>
 *
 * <p>Either {@link #start} comes first, or the client's initial response does. A mechanism in which
 * the server begins answers an initial response with {@link SaslStep.Malformed}.
 */
public interface SaslExchange {

  /**
   * The first step when the client sent no initial response: usually a challenge, empty where the
   * mechanism lets the client begin.
   */
  SaslStep start() throws Exception;

  /**
   * Takes a response of the client, the initial one included, decoded from base64.
   *
   * @throws Exception if the credentials could not be checked
   */
  SaslStep respond(byte[] response) throws Exception;
}
