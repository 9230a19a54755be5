package io.simplesmtp.auth;

/**
 * Who a client proved to be with AUTH (RFC 4954).
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
public record Identity(String name, String mechanism) {}
