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
  /** In a mail transaction of which a chunk has come that was not the last. */
  BDAT,
  /** As READY, and chunks of a refused message may be on their way, which are dropped. */
  DROPPING,
  /** Greeted with 554: nothing is left but QUIT (RFC 5321 section 3.1). */
  REJECTED
}
