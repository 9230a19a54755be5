package io.simplesmtp.app;

/**
 * Text for a terminal or a log: what could move the cursor, break the line or reorder it is
 * escaped, so that a client cannot forge what stands there.
 */
final class Plain {

  private Plain() {}

  static String of(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    text.codePoints().forEach(c -> append(plain, c));
    return plain.toString();
  }

  private static void append(StringBuilder plain, int c) {
    boolean isHarmless =
        switch (Character.getType(c)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.SURROGATE,
              Character.PRIVATE_USE,
              Character.UNASSIGNED,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR ->
              false;
          default -> true;
        };
    if (isHarmless) {
      plain.appendCodePoint(c);
    } else {
      plain.append("\\u{%x}".formatted(c));
    }
  }
}
