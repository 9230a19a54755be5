package io.simplesmtp.internal.wire;

/** What can be wrong with mail data, the gravest last: that one decides the reply. */
public enum Violation {
  /** Nothing. */
  NONE("nothing"),
  /** More octets than a message may have. */
  MESSAGE_TOO_BIG("the message is over the size limit"),
  /** More octets before the first empty line than a header may have. */
  HEADER_TOO_BIG("the header is over its size limit"),
  /** A line with more octets than a text line may have. */
  LINE_TOO_LONG("a line is over the length limit"),
  /** A NUL. */
  NUL("there is a NUL"),
  /** A bare CR or a bare LF. */
  BARE_LINE_BREAK("there is a bare CR or a bare LF");

  private final String text;

  Violation(String text) {
    this.text = text;
  }

  /** Says what is wrong, for an exception. */
  public String text() {
    return text;
  }
}
