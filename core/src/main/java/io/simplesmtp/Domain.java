package io.simplesmtp;

import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A domain name: dot-separated labels of letters, digits and hyphens, or U-labels (RFC 5321 section
 * 4.1.2, RFC 6531 section 3.3).
 *
 * <p>The name is kept as it was written. Two domains are equal when their A-label forms agree
 * without regard to case. An underscore is let through, because host names have it in practice; the
 * server's parser refuses it in a path unless its listener is lenient.
 *
 * <pre>{@code
 * Domain domain = new Domain("bücher.example");
 * System.out.println(domain.toAscii()); // xn--bcher-kva.example
 * System.out.println(new Domain("xn--bcher-kva.example").toUnicode()); // bücher.example
 * }</pre>
 *
 * <p>Immutable and safe for use by any thread.
 *
 * @param name the name, 1 to 255 octets in its A-label form, each label 1 to 63
 */
public record Domain(String name) implements Host {

  private static final int MAX_NAME = 255;
  private static final int MAX_LABEL = 63;

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException if the name is not a domain name
   */
  public Domain {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("A domain is not empty");
    }
    int octets = 0;
    int start = 0;
    while (start <= name.length()) {
      int dot = name.indexOf('.', start);
      int end = dot < 0 ? name.length() : dot;
      octets += checkLabel(name, start, end) + 1;
      start = end + 1;
    }
    if (octets - 1 > MAX_NAME) {
      throw new IllegalArgumentException("A domain has at most " + MAX_NAME + " octets");
    }
  }

  /** Whether all characters are ASCII, so that no SMTPUTF8 is needed to write it. */
  public boolean isAscii() {
    return Ascii.isAscii(name);
  }

  /** The name with every U-label turned into its A-label. */
  public String toAscii() {
    return isAscii() ? name : labels(label -> Ascii.isAscii(label) ? label : ULabel.toAscii(label));
  }

  /**
   * The name with every A-label turned into its U-label, and those that it has in their one form:
   * small letters, composed. What only looks like an A-label is left as it is.
   */
  public String toUnicode() {
    return labels(label -> ULabel.toUnicode(Ascii.isAscii(label) ? label : ULabel.toAscii(label)));
  }

  private String labels(UnaryOperator<String> form) {
    return Stream.of(name.split("\\.", -1)).map(form).collect(Collectors.joining("."));
  }

  @Override
  public String canonical() {
    return toAscii().toLowerCase(Locale.ROOT);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Domain domain && toAscii().equalsIgnoreCase(domain.toAscii());
  }

  @Override
  public int hashCode() {
    return canonical().hashCode();
  }

  @Override
  public String toString() {
    return name;
  }

  /** Returns the length of the label's A-label form. */
  private static int checkLabel(String name, int start, int end) {
    boolean ascii = true;
    for (int i = start; i < end; i++) {
      char c = name.charAt(i);
      ascii &= c < 0x80;
      if (c < 0x80 && !Ascii.isLetterOrDigit(c) && c != '-' && c != '_') {
        throw new IllegalArgumentException("A domain has only letters, digits, hyphens and dots");
      }
    }
    int length = ascii ? end - start : ULabel.toAscii(name.substring(start, end)).length();
    if (length == 0 || length > MAX_LABEL) {
      throw new IllegalArgumentException("A label of a domain has 1 to " + MAX_LABEL + " octets");
    }
    if (name.charAt(start) == '-' || name.charAt(end - 1) == '-') {
      throw new IllegalArgumentException("A label of a domain neither begins nor ends in a hyphen");
    }
    return length;
  }
}
