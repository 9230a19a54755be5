package io.simplesmtp.internal.wire;

import java.util.List;

/**
 * What the content of chunks is held to, written to be read and not to be fast: the oracle for
 * {@link ChunkStream}.
 *
 * @param content of all chunks up to the one with the first violation
 * @param chunks how many these are
 * @param violation the gravest one that is seen then
 */
record NaiveChunks(String content, int chunks, Violation violation) {

  static NaiveChunks read(List<String> chunks, DataBounds bounds) {
    Violation violation = Violation.NONE;
    String content = "";
    int taken = 0;
    while (taken < chunks.size() && violation == Violation.NONE) {
      content += chunks.get(taken);
      taken++;
      violation = judge(content, taken == chunks.size(), bounds);
    }
    return new NaiveChunks(content, taken, violation);
  }

  /** Judges the content as far as it has come; a CR at its end may still get its LF. */
  private static Violation judge(String content, boolean isWhole, DataBounds bounds) {
    Violation violation = Violation.NONE;
    if (content.length() > bounds.messageSize()) {
      violation = Violation.MESSAGE_TOO_BIG;
    }
    boolean isOpen = content.endsWith("\r") && !isWhole;
    int header = NaiveData.header(isOpen ? content + "\n" : content);
    if (Math.min(header, content.length()) > bounds.headerSize()) {
      violation = Violation.HEADER_TOO_BIG;
    }
    for (String line : content.split("(?<=\r\n)", -1)) {
      if (line.length() > bounds.textLine()) {
        violation = Violation.LINE_TOO_LONG;
      }
    }
    String lines = isOpen ? content.substring(0, content.length() - 1) : content;
    lines = bounds.isBinary() ? lines.substring(0, Math.min(header, lines.length())) : lines;
    if (bounds.isStrict() && lines.indexOf('\0') >= 0) {
      violation = Violation.NUL;
    }
    String bare = lines.replace("\r\n", "");
    if (bounds.isStrict() && (bare.contains("\r") || bare.contains("\n"))) {
      violation = Violation.BARE_LINE_BREAK;
    }
    return violation;
  }
}
