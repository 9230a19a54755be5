package io.simplesmtp.internal.session;

import java.nio.charset.StandardCharsets;

/**
 * A client's octets as text for logs and events: on one line, bounded, without control characters.
 */
final class Printable {

  /** The end of what was too long to show. */
  static final String CUT = "...";

  private static final int MOST = 512;

  private Printable() {}

  static String of(byte[] octets, int from, int to) {
    int end = Math.min(to, from + MOST);
    String text = new String(octets, from, end - from, StandardCharsets.UTF_8);
    StringBuilder printable = new StringBuilder(text.length());
    text.codePoints().forEach(c -> append(printable, c));
    return printable.append(end < to ? CUT : "").toString();
  }

  private static void append(StringBuilder printable, int c) {
    boolean isPlain =
        switch (Character.getType(c)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.SURROGATE,
              Character.PRIVATE_USE,
              Character.UNASSIGNED,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR ->
              false;
          default -> c != '\\';
        };
    if (isPlain) {
      printable.appendCodePoint(c);
    } else {
      printable.append("\\u{%x}".formatted(c));
    }
  }
}
