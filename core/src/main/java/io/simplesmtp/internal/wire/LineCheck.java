package io.simplesmtp.internal.wire;

/**
 * Judges content as a header and lines of text, in runs of any length. It never looks ahead: a CR
 * at the end of a run is judged by the octet that comes next. Used by one thread at a time.
 */
final class LineCheck {

  private final DataBounds bounds;
  private boolean isInHeader = true;
  private boolean isLineEmpty = true;
  private boolean isAfterCr;
  private long octets;
  private long lineStart;
  private Violation violation = Violation.NONE;

  LineCheck(DataBounds bounds) {
    this.bounds = bounds;
  }

  /** The gravest violation that was met so far. */
  Violation violation() {
    return violation;
  }

  /** Judges the octets between two indices, the next ones of the content. */
  void judge(byte[] buffer, int from, int to) {
    if (isInHeader || bounds.isText()) {
      scan(buffer, from, to);
      checkLine(octets + to - from);
      if (isInHeader) {
        checkHeader(octets + to - from - (isAfterCr && isLineEmpty ? 1 : 0));
      }
    }
    octets += to - from;
  }

  /** Judges the end of the content: a CR before it is a bare one. */
  void end() {
    if (isAfterCr) {
      isAfterCr = false;
      bare();
      if (isInHeader) {
        checkHeader(octets);
      }
    }
  }

  /** Notes a violation that was found elsewhere. */
  void violated(Violation found) {
    if (found.compareTo(violation) > 0) {
      violation = found;
    }
  }

  private void scan(byte[] buffer, int from, int to) {
    int i = from;
    while (i < to) {
      if (isAfterCr) {
        isAfterCr = false;
        if (buffer[i] == '\n') {
          i++;
          endLine(octets + i - from);
          continue;
        }
        bare();
      }
      int text = i;
      while (i < to && (buffer[i] > '\r' || buffer[i] < 0)) {
        i++;
      }
      isLineEmpty &= i == text;
      if (i < to) {
        control(buffer[i]);
        i++;
      }
    }
  }

  private void control(byte octet) {
    if (octet == '\r') {
      isAfterCr = true;
    } else if (octet == '\n') {
      bare();
    } else {
      isLineEmpty = false;
      if (octet == 0 && isStrict()) {
        violated(Violation.NUL);
      }
    }
  }

  private void bare() {
    isLineEmpty = false;
    if (isStrict()) {
      violated(Violation.BARE_LINE_BREAK);
    }
  }

  /** A header is lines of text, whatever follows it (RFC 5322 section 2.2). */
  private boolean isStrict() {
    return bounds.isStrict() && (isInHeader || !bounds.isBinary());
  }

  private void endLine(long end) {
    if (isInHeader && isLineEmpty) {
      checkHeader(end - 2);
      isInHeader = false;
    }
    checkLine(end);
    lineStart = end;
    isLineEmpty = true;
  }

  private void checkLine(long end) {
    if (bounds.isText() && end - lineStart > bounds.textLine()) {
      violated(Violation.LINE_TOO_LONG);
    }
  }

  private void checkHeader(long length) {
    if (length > bounds.headerSize()) {
      violated(Violation.HEADER_TOO_BIG);
    }
  }
}
