package io.simplesmtp.auth;

/**
 * How an exchange goes on after a response.
 *
 * <pre>{@code
 * SaslStep welcome = new SaslStep.Success(new Identity("ann", "X-TOKEN"));
 * SaslStep more = new SaslStep.Challenge(new byte[0]);
 * }</pre>
 *
 * <p>Immutable and safe for use by any thread, as long as nobody changes the octets of a challenge.
 */
public sealed interface SaslStep {

  /**
   * The client is asked for another response.
   *
   * @param octets what it is sent, before base64
   */
  @SuppressWarnings("ArrayRecordComponent") // made, sent and dropped; never compared
  record Challenge(byte[] octets) implements SaslStep {}

  /**
   * The client is who it says.
   *
   * @param identity who that is
   */
  record Success(Identity identity) implements SaslStep {}

  /** The credentials are wrong; why is not told. */
  record Failure() implements SaslStep {}

  /** The response does not follow the mechanism's grammar. */
  record Malformed() implements SaslStep {}
}
