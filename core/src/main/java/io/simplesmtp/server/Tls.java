package io.simplesmtp.server;

/**
 * When a listener encrypts.
 *
 * <pre>{@code
 * Listener local = Listener.smtp(2525).withTls(Tls.NONE);
 * }</pre>
 *
 * <p>Immutable and safe for use by any thread.
 */
public enum Tls {
  /** Never; STARTTLS is not offered. */
  NONE,
  /** From STARTTLS on, which is offered if the server has a {@link TlsConfig} (RFC 3207). */
  OFFERED,
  /** From STARTTLS on; before it, MAIL and most else is refused with 530 5.7.0 (RFC 3207). */
  REQUIRED,
  /** From the first octet (RFC 8314 section 3.3). */
  IMPLICIT
}
