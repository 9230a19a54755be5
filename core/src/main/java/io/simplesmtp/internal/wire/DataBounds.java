package io.simplesmtp.internal.wire;

/**
 * What mail data is held to.
 *
 * @param messageSize the most octets of the content
 * @param headerSize the most octets before the first empty line
 * @param textLine the most octets of a line with its CR LF
 * @param isStrict whether bare CR, bare LF and NUL are violations
 * @param isBinary whether that holds for the header alone, because what follows it is not lines
 */
public record DataBounds(
    long messageSize, long headerSize, int textLine, boolean isStrict, boolean isBinary) {

  private static final int NO_LINES = Integer.MAX_VALUE;

  /** Of content that is lines of text. */
  public DataBounds(long messageSize, long headerSize, int textLine, boolean isStrict) {
    this(messageSize, headerSize, textLine, isStrict, false);
  }

  /** The same for content that is a header and octets (RFC 3030 section 3). */
  public DataBounds ofBinary() {
    return new DataBounds(messageSize, headerSize, NO_LINES, isStrict, true);
  }

  /** Whether there is something to judge behind the header. */
  boolean isText() {
    return !isBinary && (textLine < NO_LINES || isStrict);
  }
}
