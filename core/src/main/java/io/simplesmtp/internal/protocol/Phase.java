package io.simplesmtp.internal.protocol;

/** Where a session stands between two commands. */
public enum Phase {
  /** Connected, without EHLO or HELO. */
  GREETED,
  /** Introduced, without a mail transaction. */
  READY,
  /** In a mail transaction without a recipient. */
  MAIL,
  /** In a mail transaction with a recipient. */
  RCPT,
  /** Greeted with 554: nothing is left but QUIT (RFC 5321 section 3.1). */
  REJECTED
}
