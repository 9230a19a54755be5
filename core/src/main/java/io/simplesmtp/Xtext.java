package io.simplesmtp;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The form in which text stands in the value of a parameter: a plus sign and two hexadecimal digits
 * for each octet that may not stand there itself (RFC 3461 section 4).
 *
 * <pre>{@code
 * String xtext = Xtext.encode("1 + 1 = 2"); // 1+20+2B+201+20+3D+202
 * String text = Xtext.decode(xtext);
 * }</pre>
 *
 * <p>Safe for use by any thread.
 */
public final class Xtext {

  private static final String DIGITS = "0123456789ABCDEF";

  private Xtext() {}

  /**
   * Encodes the octets of the text's UTF-8 form: spaces, controls, plus and equals signs, and all
   * that is not ASCII.
   *
   * @throws IllegalArgumentException if the text has half of a surrogate pair
   */
  public static String encode(String text) {
    if (!Ascii.isWellFormed(text)) {
      throw new IllegalArgumentException("Not a text");
    }
    StringBuilder xtext = new StringBuilder(text.length());
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      if (isXchar((char) (octet & 0xff))) {
        xtext.append((char) octet);
      } else {
        xtext
            .append('+')
            .append(DIGITS.charAt((octet >> 4) & 0xf))
            .append(DIGITS.charAt(octet & 0xf));
      }
    }
    return xtext.toString();
  }

  /**
   * Decodes an xtext. What comes out may hold any character, line breaks too.
   *
   * @throws IllegalArgumentException if it is not an xtext, with capitals as digits, or its octets
   *     are not UTF-8
   */
  public static String decode(String xtext) {
    byte[] octets = new byte[xtext.length()];
    int n = 0;
    for (int i = 0; i < xtext.length(); i++) {
      char c = xtext.charAt(i);
      if (c == '+') {
        octets[n++] = (byte) (digit(xtext, i + 1) * 16 + digit(xtext, i + 2));
        i += 2;
      } else if (isXchar(c)) {
        octets[n++] = (byte) c;
      } else {
        throw new IllegalArgumentException("Not an xtext");
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets, 0, n)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("Not an xtext of UTF-8", e);
    }
  }

  private static boolean isXchar(char c) {
    return c >= '!' && c <= '~' && c != '+' && c != '=';
  }

  private static int digit(String text, int at) {
    int digit = at < text.length() ? DIGITS.indexOf(text.charAt(at)) : -1;
    if (digit < 0) {
      throw new IllegalArgumentException("Not an xtext");
    }
    return digit;
  }
}
