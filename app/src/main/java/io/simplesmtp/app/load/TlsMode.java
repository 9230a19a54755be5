package io.simplesmtp.app.load;

/** When TLS begins. */
public enum TlsMode {
  /** Never. */
  NONE,
  /** After STARTTLS (RFC 3207). */
  STARTTLS,
  /** With the first octet (RFC 8314 section 3.3). */
  IMPLICIT
}
