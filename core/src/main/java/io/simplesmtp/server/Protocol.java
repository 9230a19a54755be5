package io.simplesmtp.server;

/**
 * What is spoken on a listener.
 *
 * <pre>{@code
 * boolean isLmtp = session.connection().listener().protocol() == Protocol.LMTP;
 * }</pre>
 *
 * <p>Immutable and safe for use by any thread.
 */
public enum Protocol {
  /** RFC 5321. */
  SMTP,
  /** RFC 2033. */
  LMTP
}
