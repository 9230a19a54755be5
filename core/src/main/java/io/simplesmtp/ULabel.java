package io.simplesmtp;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Locale;

/**
 * Labels of a domain with other characters than ASCII (RFC 5890 section 2.3.2.1), and their ASCII
 * form. Letters, digits and marks are what they consist of (RFC 5892); forms that are only another
 * way to write a character, such as fullwidth ones, are no part of one.
 *
 * <p>What a script may combine, and in which direction it is written, is not judged.
 */
final class ULabel {

  private static final String PREFIX = "xn--";
  private static final int LONGEST = 63;

  /** Digits of scripts come with letters; these are allowed by their context. */
  private static final String ALLOWED = "-\u00b7\u0375\u05f3\u05f4\u200c\u200d\u30fb";

  /** Letters that are kept although comparison without case would fold them (RFC 5892 2.6). */
  private static final String EXCEPTIONS = "\u00df\u03c2";

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
    String small = Normalizer.normalize(label.toLowerCase(Locale.ROOT), Form.NFC);
    int[] points = small.codePoints().toArray();
    if (points.length > LONGEST) {
      throw new IllegalArgumentException("A label of a domain has at most " + LONGEST + " octets");
    }
    for (int point : points) {
      if (!isAllowed(point)) {
        throw new IllegalArgumentException("A label of a domain has only letters, digits, hyphens");
      }
    }
    if (isMark(points[0]) || Ascii.isAscii(small)) {
      throw new IllegalArgumentException("A label of a domain is not an internationalized one");
    }
    return PREFIX + punycode(points);
  }

  private static boolean isAllowed(int point) {
    if (point < INITIAL_N) {
      return Ascii.isLetterOrDigit((char) point) || point == '-';
    }
    if (ALLOWED.indexOf(point) >= 0 || EXCEPTIONS.indexOf(point) >= 0) {
      return true;
    }
    String text = Character.toString(point);
    return (Character.isLetterOrDigit(point) || isMark(point))
        && Normalizer.normalize(text, Form.NFKC).toLowerCase(Locale.ROOT).equals(text);
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
