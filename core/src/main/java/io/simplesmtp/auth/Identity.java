package io.simplesmtp.auth;

/**
 * Who a client proved to be with AUTH (RFC 4954), or as whom it was let in without a proof.
 *
 * <pre>{@code
 * Identity ann = new Identity("ann", "PLAIN");
 * }</pre>
 *
 * <p>Immutable and safe for use by any thread.
 *
 * @param name the user, as the application named it
 * @param mechanism the SASL mechanism that was used
 */
public record Identity(String name, String mechanism) {

  /** Whether the client came in without a proof, by ANONYMOUS (RFC 4505). */
  public boolean isAnonymous() {
    return mechanism.equals("ANONYMOUS");
  }
}
