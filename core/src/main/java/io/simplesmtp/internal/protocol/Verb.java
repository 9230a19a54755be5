package io.simplesmtp.internal.protocol;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The commands that are known, and what is true of each whatever its argument. The rules that
 * depend on the phase are in {@link SmtpMachine}.
 */
public enum Verb {
  HELO(Flag.BEFORE_AUTH, Flag.BETWEEN_CHUNKS, Flag.IDLE, Flag.BARE),
  EHLO(
      Flag.BEFORE_TLS,
      Flag.BEFORE_AUTH,
      Flag.BETWEEN_CHUNKS,
      Flag.ENDS_GROUP,
      Flag.IDLE,
      Flag.BARE),
  /** EHLO of LMTP (RFC 2033 section 4.1). */
  LHLO(
      Flag.BEFORE_TLS,
      Flag.BEFORE_AUTH,
      Flag.BETWEEN_CHUNKS,
      Flag.ENDS_GROUP,
      Flag.IDLE,
      Flag.BARE),
  MAIL,
  RCPT,
  DATA(Flag.ENDS_GROUP),
  /** Not the end of a group: chunks are pipelined (RFC 3030 section 4.2). */
  BDAT(Flag.BETWEEN_CHUNKS),
  RSET(Flag.BEFORE_AUTH, Flag.BETWEEN_CHUNKS, Flag.IDLE),
  NOOP(Flag.BEFORE_TLS, Flag.BEFORE_AUTH, Flag.BETWEEN_CHUNKS, Flag.ENDS_GROUP, Flag.IDLE),
  QUIT(Flag.BEFORE_TLS, Flag.BEFORE_AUTH, Flag.BETWEEN_CHUNKS, Flag.ENDS_GROUP),
  VRFY(Flag.ENDS_GROUP, Flag.IDLE),
  EXPN(Flag.ENDS_GROUP, Flag.IDLE),
  HELP(Flag.ENDS_GROUP, Flag.IDLE),
  STARTTLS(Flag.BEFORE_TLS, Flag.BEFORE_AUTH, Flag.ENDS_GROUP),
  AUTH(Flag.BEFORE_AUTH, Flag.ENDS_GROUP),
  /** Begins another session, so all must have been said before (Postfix's XCLIENT_README). */
  XCLIENT(Flag.BEFORE_AUTH, Flag.ENDS_GROUP, Flag.IDLE),
  XFORWARD(Flag.IDLE),
  /** A verb of a service extension's. */
  EXTENDED(Flag.BEFORE_AUTH, Flag.ENDS_GROUP, Flag.IDLE),
  /** Whatever is none of the others; its reply is not held back either (RFC 2920 section 3.2). */
  UNKNOWN(Flag.BEFORE_TLS, Flag.BEFORE_AUTH, Flag.BETWEEN_CHUNKS, Flag.ENDS_GROUP);

  private enum Flag {
    /** Served although TLS is required and not active (RFC 3207 section 4). */
    BEFORE_TLS,
    /** Served although AUTH is required and has not happened (RFC 4954 section 6). */
    BEFORE_AUTH,
    /** Served between two chunks of a message, where no handler can be asked. */
    BETWEEN_CHUNKS,
    /** Its reply goes out at once (RFC 2920 section 3.2). */
    ENDS_GROUP,
    /** Does not bring a message on its way. */
    IDLE,
    /** Its replies carry no enhanced status (RFC 2034 section 4). */
    BARE
  }

  @SuppressWarnings("ImmutableEnumChecker") // never changed
  private final Set<Flag> flags;

  Verb(Flag... flags) {
    this.flags = EnumSet.noneOf(Flag.class);
    this.flags.addAll(List.of(flags));
  }

  boolean isServedBeforeTls() {
    return flags.contains(Flag.BEFORE_TLS);
  }

  boolean isServedBeforeAuth() {
    return flags.contains(Flag.BEFORE_AUTH);
  }

  boolean isServedBetweenChunks() {
    return flags.contains(Flag.BETWEEN_CHUNKS);
  }

  boolean isIdle() {
    return flags.contains(Flag.IDLE);
  }

  boolean isBare() {
    return flags.contains(Flag.BARE);
  }

  /** As it is written, or empty if it is none of the known ones. */
  public String spelling() {
    return this == UNKNOWN || this == EXTENDED ? "" : name();
  }

  /** Whether the reply goes out at once instead of with its group. */
  public boolean endsGroup() {
    return flags.contains(Flag.ENDS_GROUP);
  }
}
