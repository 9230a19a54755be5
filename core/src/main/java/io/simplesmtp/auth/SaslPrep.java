package io.simplesmtp.auth;

import java.text.Normalizer;
import java.util.Optional;

/**
 * SASLprep: brings user names and passwords that look alike into the same form (RFC 4013, a profile
 * of stringprep, RFC 3454).
 *
 * <pre>{@code
 * boolean isSame = SaslPrep.query("I\u00adX").equals(Optional.of("IX"));
 * boolean isText = SaslPrep.query("\u0007").isPresent();
 * }</pre>
 *
 * <p>Spaces of any kind become one kind, what is invisible goes, and the rest is normalized with
 * NFKC. Control characters, private use, surrogates, what changes the display or is no plain text
 * is refused, and so is a mixture of directions that RFC 3454 section 6 forbids. The tables are
 * those of RFC 3454; normalization, direction and whether a character exists are taken from the
 * Unicode of the running Java, which is newer than the 3.2 that RFC 3454 names. ASCII without
 * controls stays what it is. More than {@value #MAX_LENGTH} characters are refused: the time that
 * normalization takes can grow with their square.
 *
 * <p>For use by any thread.
 */
public final class SaslPrep {

  /** The most characters of a name or a password, in UTF-16. */
  public static final int MAX_LENGTH = 512;

  /** Pairs of first and last: mapped to nothing, RFC 3454 table B.1. */
  private static final int[] INVISIBLE = {
    0xAD, 0xAD, 0x34F, 0x34F, 0x1806, 0x1806, 0x180B, 0x180D, 0x200C, 0x200D, 0x2060, 0x2060,
    0xFE00, 0xFE0F, 0xFEFF, 0xFEFF
  };

  /** Mapped to a space, table C.1.2. */
  private static final int[] SPACES = {
    0xA0, 0xA0, 0x1680, 0x1680, 0x2000, 0x200B, 0x202F, 0x202F, 0x205F, 0x205F, 0x3000, 0x3000
  };

  /** Prohibited, tables C.2 to C.9; the non-characters of C.4 have their pattern besides. */
  private static final int[] PROHIBITED = {
    0x0, 0x1F, 0x7F, 0x9F, 0x340, 0x341, 0x6DD, 0x6DD, 0x70F, 0x70F, 0x180E, 0x180E, 0x200C, 0x200F,
    0x2028, 0x202E, 0x2060, 0x2063, 0x206A, 0x206F, 0x2FF0, 0x2FFB, 0xD800, 0xDFFF, 0xE000, 0xF8FF,
    0xFDD0, 0xFDEF, 0xFEFF, 0xFEFF, 0xFFF9, 0xFFFD, 0x1D173, 0x1D17A, 0xE0001, 0xE0001, 0xE0020,
    0xE007F, 0xF0000, 0xFFFFD, 0x100000, 0x10FFFD
  };

  private SaslPrep() {}

  /**
   * Prepares what a client sends, to be compared with what is stored.
   *
   * @return empty if it must not be used
   */
  public static Optional<String> query(String text) {
    return prepared(text, true);
  }

  /**
   * Prepares what is to be stored, which must not have characters that do not exist yet.
   *
   * @return empty if it must not be used
   */
  public static Optional<String> stored(String text) {
    return prepared(text, false);
  }

  private static Optional<String> prepared(String text, boolean isQuery) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    StringBuilder mapped = new StringBuilder();
    text.codePoints()
        .filter(c -> isIn(SPACES, c) || !isIn(INVISIBLE, c))
        .forEach(c -> mapped.appendCodePoint(isIn(SPACES, c) ? ' ' : c));
    String result = Normalizer.normalize(mapped, Normalizer.Form.NFKC);
    boolean isAllowed =
        result.codePoints().allMatch(c -> !isProhibited(c) && (isQuery || Character.isDefined(c)));
    return isAllowed && hasOneDirection(result) ? Optional.of(result) : Optional.empty();
  }

  /** RFC 3454 section 6: from right to left all over, or not at all. */
  private static boolean hasOneDirection(String text) {
    if (text.codePoints().noneMatch(SaslPrep::isRightToLeft)) {
      return true;
    }
    return text.codePoints().noneMatch(SaslPrep::isLeftToRight)
        && isRightToLeft(text.codePointAt(0))
        && isRightToLeft(text.codePointBefore(text.length()));
  }

  private static boolean isRightToLeft(int c) {
    byte direction = Character.getDirectionality(c);
    return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
        || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
  }

  private static boolean isLeftToRight(int c) {
    return Character.getDirectionality(c) == Character.DIRECTIONALITY_LEFT_TO_RIGHT;
  }

  /** What tables C.2 to C.9 of RFC 3454 prohibit; spaces are not among it. */
  static boolean isProhibited(int c) {
    return isIn(PROHIBITED, c) || (c & 0xFFFE) == 0xFFFE;
  }

  private static boolean isIn(int[] ranges, int c) {
    for (int i = 0; i < ranges.length; i += 2) {
      if (c >= ranges[i] && c <= ranges[i + 1]) {
        return true;
      }
    }
    return false;
  }
}
