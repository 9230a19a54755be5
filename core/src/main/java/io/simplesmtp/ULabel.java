package io.simplesmtp;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Labels of a domain with other characters than ASCII (RFC 5890 section 2.3.2.1), and their ASCII
 * form. Letters, digits and marks are what they consist of (RFC 5892); forms that are only another
 * way to write a character, such as fullwidth ones, are no part of one.
 *
 * <p>What may stand beside what, beyond joiners and marks, and in which direction a script is
 * written, is not judged.
 */
final class ULabel {

  private static final String PREFIX = "xn--";
  private static final int LONGEST = 63;

  /** As many characters as can become so many, and no more: normalization has its price. */
  private static final int MOST_WRITTEN = 4 * LONGEST;

  /** Signs that are part of words in their scripts (RFC 5892 section 2.6 and appendix A). */
  private static final String SIGNS = "\u00b7\u0375\u05f3\u05f4\u06fd\u06fe\u0f0b\u3007\u30fb";

  /** Letters that are kept although a comparison without case would fold them. */
  private static final String KEPT = "\u00df\u03c2\u0131";

  private static final char NON_JOINER = '\u200c';
  private static final char JOINER = '\u200d';

  /**
   * Letters and marks that nobody sees, that only other letters are made of, or that write music:
   * first and last of each range.
   */
  private static final int[][] NEVER = {
    {0x34f, 0x34f},
    {0x640, 0x640},
    {0x7fa, 0x7fa},
    {0x1100, 0x11ff},
    {0x17b4, 0x17b5},
    {0x180b, 0x180f},
    {0x20d0, 0x20f0},
    {0x302e, 0x302f},
    {0x3031, 0x3035},
    {0x303b, 0x303b},
    {0xa960, 0xa97c},
    {0xd7b0, 0xd7fb},
    {0xfe00, 0xfe0f},
    {0x1d165, 0x1d244},
    {0xe0100, 0xe01ef}
  };

  /** Cherokee, where the capitals are what is kept. */
  private static final int FIRST_CHEROKEE = 0x13a0;

  private static final int LAST_CHEROKEE = 0x13f5;

  // RFC 3492 section 5.
  private static final String DIGITS = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final int BASE = 36;
  private static final int TMIN = 1;
  private static final int TMAX = 26;
  private static final int SKEW = 38;
  private static final int DAMP = 700;
  private static final int INITIAL_BIAS = 72;
  private static final int INITIAL_N = 128;

  private ULabel() {}

  /**
   * The A-label of a label that is not ASCII, in small letters.
   *
   * @throws IllegalArgumentException if it is no U-label
   */
  static String toAscii(String label) {
    if (label.length() > MOST_WRITTEN) {
      throw new IllegalArgumentException("A label of a domain is not that long");
    }
    int[] points =
        Normalizer.normalize(small(label), Form.NFC).codePoints().limit(LONGEST + 1).toArray();
    if (points.length > LONGEST || isReserved(points)) {
      throw new IllegalArgumentException("A label of a domain is not an internationalized one");
    }
    boolean isAscii = true;
    for (int i = 0; i < points.length; i++) {
      if (!isAllowed(points[i], i == 0 ? ' ' : points[i - 1])) {
        throw new IllegalArgumentException("A label of a domain has only letters, digits, hyphens");
      }
      isAscii &= points[i] < INITIAL_N;
    }
    if (isAscii) {
      throw new IllegalArgumentException("A label of a domain is not an internationalized one");
    }
    return PREFIX + punycode(points);
  }

  /** The U-label of an A-label, or the label itself if it is none. */
  static String toUnicode(String label) {
    String small = label.toLowerCase(Locale.ROOT);
    if (!small.startsWith(PREFIX)) {
      return label;
    }
    try {
      String unicode = decoded(small.substring(PREFIX.length()));
      return toAscii(unicode).equals(small) ? unicode : label;
    } catch (IllegalArgumentException | ArithmeticException e) {
      return label;
    }
  }

  /** Each code point by itself, as none depends on what stands around it. */
  private static String small(String label) {
    StringBuilder small = new StringBuilder(label.length());
    label
        .codePoints()
        .forEach(c ->
            small.append(
                c >= FIRST_CHEROKEE && c <= LAST_CHEROKEE
                    ? Character.toString(c)
                    : Character.toString(c).toLowerCase(Locale.ROOT)));
    return small.toString();
  }

  /** RFC 5891 section 4.2.3.1: such labels are A-labels, or kept for later. */
  private static boolean isReserved(int[] points) {
    return points.length > 3 && points[2] == '-' && points[3] == '-';
  }

  private static boolean isAllowed(int point, int before) {
    if (point < INITIAL_N) {
      return Ascii.isLetterOrDigit((char) point) || point == '-';
    }
    if (point == JOINER || point == NON_JOINER) {
      return isMark(before) || (point == NON_JOINER && isJoining(before));
    }
    if (isMark(point) && !isMark(before) && !Character.isLetterOrDigit(before)) {
      return false;
    }
    return SIGNS.indexOf(point) >= 0
        || KEPT.indexOf(point) >= 0
        || ((Character.isLetterOrDigit(point) || isMark(point)) && isStable(point));
  }

  /** A letter of a script whose letters change their form where they join. */
  private static boolean isJoining(int point) {
    return switch (Character.UnicodeScript.of(point)) {
      case ARABIC, SYRIAC, MONGOLIAN, NKO -> true;
      default -> false;
    };
  }

  /** RFC 5892 section 2.2: no other way to write a character. */
  private static boolean isStable(int point) {
    for (int[] range : NEVER) {
      if (point >= range[0] && point <= range[1]) {
        return false;
      }
    }
    if (point >= FIRST_CHEROKEE && point <= LAST_CHEROKEE) {
      return true;
    }
    String text = Character.toString(point);
    String folded =
        Normalizer.normalize(text, Form.NFKC).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    return Normalizer.normalize(folded, Form.NFKC).equals(text);
  }

  private static boolean isMark(int point) {
    return switch (Character.getType(point)) {
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK -> true;
      default -> false;
    };
  }

  /** RFC 3492 section 6.3. */
  private static String punycode(int[] points) {
    StringBuilder ascii = new StringBuilder();
    for (int point : points) {
      if (point < INITIAL_N) {
        ascii.append((char) point);
      }
    }
    int basic = ascii.length();
    if (basic > 0) {
      ascii.append('-');
    }
    int n = INITIAL_N;
    int delta = 0;
    int bias = INITIAL_BIAS;
    for (int handled = basic; handled < points.length; ) {
      int next = next(points, n);
      delta = Math.addExact(delta, Math.multiplyExact(next - n, handled + 1));
      n = next;
      for (int point : points) {
        if (point < n) {
          delta++;
        } else if (point == n) {
          append(ascii, delta, bias);
          bias = adapt(delta, handled + 1, handled == basic);
          delta = 0;
          handled++;
        }
      }
      delta++;
      n++;
    }
    return ascii.toString();
  }

  /**
   * RFC 3492 section 6.2.
   *
   * @throws IllegalArgumentException if it is no punycode
   * @throws ArithmeticException if a number in it is too large
   */
  private static String decoded(String punycode) {
    int basic = Math.max(punycode.lastIndexOf('-'), 0);
    List<Integer> points = new ArrayList<>();
    punycode.substring(0, basic).chars().forEach(points::add);
    int n = INITIAL_N;
    int bias = INITIAL_BIAS;
    int at = 0;
    for (int i = basic > 0 ? basic + 1 : 0; i < punycode.length(); ) {
      int delta = 0;
      int weight = 1;
      for (int k = BASE; ; k += BASE) {
        int digit = i < punycode.length() ? DIGITS.indexOf(punycode.charAt(i++)) : -1;
        if (digit < 0) {
          throw new IllegalArgumentException("A label of a domain is not punycode");
        }
        delta = Math.addExact(delta, Math.multiplyExact(digit, weight));
        int t = Math.clamp(k - bias, TMIN, TMAX);
        if (digit < t) {
          break;
        }
        weight = Math.multiplyExact(weight, BASE - t);
      }
      int places = points.size() + 1;
      bias = adapt(delta, places, points.size() == basic);
      at = Math.addExact(at, delta);
      n = Math.addExact(n, at / places);
      at %= places;
      points.add(at++, n);
    }
    StringBuilder unicode = new StringBuilder();
    points.forEach(unicode::appendCodePoint);
    return unicode.toString();
  }

  /** The smallest code point that is not below another. */
  private static int next(int[] points, int least) {
    int next = Integer.MAX_VALUE;
    for (int point : points) {
      if (point >= least && point < next) {
        next = point;
      }
    }
    return next;
  }

  /** A generalized variable-length integer, RFC 3492 section 3.3. */
  private static void append(StringBuilder ascii, int delta, int bias) {
    int q = delta;
    for (int k = BASE; ; k += BASE) {
      int t = Math.clamp(k - bias, TMIN, TMAX);
      if (q < t) {
        ascii.append(DIGITS.charAt(q));
        return;
      }
      ascii.append(DIGITS.charAt(t + (q - t) % (BASE - t)));
      q = (q - t) / (BASE - t);
    }
  }

  /** RFC 3492 section 6.1. */
  private static int adapt(int delta, int points, boolean isFirst) {
    int d = isFirst ? delta / DAMP : delta / 2;
    d += d / points;
    int k = 0;
    while (d > (BASE - TMIN) * TMAX / 2) {
      d /= BASE - TMIN;
      k += BASE;
    }
    return k + (BASE - TMIN + 1) * d / (d + SKEW);
  }
}
