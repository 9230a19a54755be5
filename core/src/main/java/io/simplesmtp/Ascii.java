package io.simplesmtp;

/** The character classes of RFC 5321 and RFC 5322 that the vocabulary shares. */
final class Ascii {

  private static final String ATEXT_SPECIALS = "!#$%&'*+-/=?^_`{|}~";

  private Ascii() {}

  static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  static boolean isLetterOrDigit(char c) {
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Whether all characters are digits. */
  static boolean isNumber(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  static boolean isHexDigit(char c) {
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }

  /** Whether two texts are equal without regard to the case of ASCII letters, and of no others. */
  static boolean equalsIgnoreCase(String one, String other) {
    return one.equalsIgnoreCase(other) && isAscii(one) == isAscii(other);
  }

  /** {@code atext} of RFC 5322 section 3.2.3, widened to non-ASCII by RFC 6531 section 3.3. */
  static boolean isAtext(char c) {
    return isLetterOrDigit(c) || c >= 0x80 || ATEXT_SPECIALS.indexOf(c) >= 0;
  }

  /** A C0 or C1 control, DEL, or a line or paragraph separator: never part of a mailbox. */
  static boolean isControl(char c) {
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == '\u2028' || c == '\u2029';
  }

  /** Whether all characters are printable ASCII or spaces. */
  static boolean isPrintable(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  /** Whether the text has a UTF-8 form, and no control character. */
  static boolean isClean(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isControl(text.charAt(i))) {
        return false;
      }
    }
    return isWellFormed(text);
  }

  /** Whether every surrogate has its partner, so that the text has a UTF-8 form. */
  static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return false;
      }
    }
    return true;
  }
}
