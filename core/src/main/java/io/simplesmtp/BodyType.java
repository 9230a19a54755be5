package io.simplesmtp;

/**
 * How the content of a message is encoded, as BODY declares it (RFC 6152 section 3).
 *
 * <p>Immutable and safe for use by any thread.
 */
public enum BodyType {
  /** {@code 7BIT}. */
  SEVEN_BIT,
  /** {@code 8BITMIME}. */
  EIGHT_BIT_MIME
}
