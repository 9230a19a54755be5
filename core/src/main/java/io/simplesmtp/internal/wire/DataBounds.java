package io.simplesmtp.internal.wire;

/**
 * What mail data is held to.
 *
 * @param messageSize the most octets of the content
 * @param headerSize the most octets before the first empty line
 * @param textLine the most octets of a line with its CR LF
 * @param isStrict whether bare CR, bare LF and NUL are violations
 */
public record DataBounds(long messageSize, long headerSize, int textLine, boolean isStrict) {

  private static final int NO_LINES = Integer.MAX_VALUE;

  /** The same for content that is not lines of text (RFC 3030 section 3). */
  public DataBounds ofBinary() {
    return new DataBounds(messageSize, headerSize, NO_LINES, false);
  }

  /** Whether the content is lines of text. */
  boolean isText() {
    return textLine < NO_LINES || isStrict;
  }
}
