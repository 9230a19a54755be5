package io.simplesmtp.internal.wire;

import java.nio.charset.StandardCharsets;

/**
 * What RFC 5321 section 4.5.2 says of mail data, written to be read and not to be fast: the oracle
 * for {@link DataStream}.
 *
 * @param content the octets without the stuffed dots
 * @param consumed the octets of the input with the terminator, or -1 if there is none
 * @param violation the gravest violation of a strict reader
 */
record NaiveData(String content, int consumed, Violation violation) {

  static NaiveData read(String input, DataBounds bounds) {
    String framed = "\r\n" + input; // the CR LF of the DATA command begins the first line
    int end = framed.indexOf("\r\n.\r\n");
    String lines = end < 0 ? framed : framed.substring(0, end + 2);
    String content = lines.replace("\r\n.", "\r\n").substring(2);
    Violation violation = Violation.NONE;
    if (content.length() > bounds.messageSize()) {
      violation = Violation.MESSAGE_TOO_BIG;
    }
    if (header(content) > bounds.headerSize()) {
      violation = Violation.HEADER_TOO_BIG;
    }
    for (String line : content.split("(?<=\r\n)", -1)) {
      if (line.length() > bounds.textLine()) {
        violation = Violation.LINE_TOO_LONG;
      }
    }
    if (bounds.isStrict() && content.indexOf('\0') >= 0) {
      violation = Violation.NUL;
    }
    String bare = content.replace("\r\n", "");
    if (bounds.isStrict() && (bare.contains("\r") || bare.contains("\n"))) {
      violation = Violation.BARE_LINE_BREAK;
    }
    return new NaiveData(content, end < 0 ? -1 : end + 3, violation);
  }

  byte[] octets() {

    return content.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The octets before the first empty line, or all if there is none. */
  static int header(String content) {
    if (content.startsWith("\r\n")) {
      return 0;
    }
    int empty = content.indexOf("\r\n\r\n");
    return empty < 0 ? content.length() : empty + 2;
  }
}
