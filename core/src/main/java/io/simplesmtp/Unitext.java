package io.simplesmtp;

/**
 * The forms of an address of type {@code utf-8} (RFC 6533 section 3): a backslash, an x and the
 * number of a character in braces stand for one that may not stand in a parameter itself.
 */
final class Unitext {

  private static final String ESCAPED_ASCII = " +=\\";
  private static final int MAX_DIGITS = 6;

  private Unitext() {}

  /**
   * Encodes an address.
   *
   * @param isAscii whether other characters than ASCII are encoded too ({@code utf-8-addr-xtext})
   *     or stand for themselves ({@code utf-8-addr-unitext})
   */
  static String encode(String address, boolean isAscii) {
    StringBuilder text = new StringBuilder(address.length());
    address
        .codePoints()
        .forEach(c -> {
          if (isQchar(c) || (c >= 0x80 && !isAscii)) {
            text.appendCodePoint(c);
          } else {
            text.append("\\x{").append(String.format("%02X", c)).append('}');
          }
        });
    return text.toString();
  }

  /**
   * Decodes any of the forms.
   *
   * @throws IllegalArgumentException if it is none
   */
  static String decode(String text) {
    StringBuilder address = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        int end = text.indexOf('}', i);
        if (!text.startsWith("\\x{", i) || end < 0) {
          throw new IllegalArgumentException("A backslash begins the number of a character");
        }
        address.appendCodePoint(point(text.substring(i + 3, end)));
        i = end;
      } else if (isQchar(c) || c >= 0x80) {
        address.append(c);
      } else {
        throw new IllegalArgumentException("Not an address of type utf-8");
      }
    }
    return address.toString();
  }

  /** {@code HEXPOINT}: as short as it can be; of ASCII what may not stand for itself. */
  private static int point(String digits) {
    boolean isNumber =
        digits.length() >= 2
            && digits.length() <= MAX_DIGITS
            && digits.charAt(0) != '0'
            && digits.chars().allMatch(c -> Ascii.isHexDigit((char) c));
    int point = isNumber ? Integer.parseInt(digits, 16) : -1;
    boolean isEscaped = point >= 0x80 || (point > 0 && ESCAPED_ASCII.indexOf(point) >= 0);
    boolean isCharacter =
        point <= Character.MAX_CODE_POINT
            && (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE);
    if (!isEscaped || !isCharacter) {
      throw new IllegalArgumentException("Not the number of a character to encode");
    }
    return point;
  }

  private static boolean isQchar(int c) {
    return c > ' ' && c <= '~' && ESCAPED_ASCII.indexOf(c) < 0;
  }
}
