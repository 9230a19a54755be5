package io.simplesmtp;

import java.util.Locale;

/**
 * The recipient that the sender wrote, whatever it was changed to on its way (RFC 3461 section
 * 4.2). It is kept for reports; mail is never delivered by it.
 *
 * <pre>{@code
 * OriginalRecipient original = OriginalRecipient.parse("rfc822;bob+2Bnews@example.org");
 * System.out.println(original.address()); // bob+news@example.org
 * }</pre>
 *
 * <p>An address of type {@code utf-8} can hold other characters than ASCII (RFC 6533); it prints
 * itself with them, and {@link #toAscii} writes it without.
 *
 * <p>Immutable and safe for use by any thread. Prints itself as in the parameter ORCPT.
 *
 * @param addressType such as {@code rfc822} or {@code utf-8}; kept in small letters
 * @param address in the form of its type, decoded; printable ASCII and spaces, and without control
 *     characters if its type is {@code utf-8}; not empty
 */
public record OriginalRecipient(String addressType, String address) {

  /** The longest value that the parameter can have. */
  public static final int MAX_LENGTH = 500;

  private static final String UTF8 = "utf-8";

  /**
   * Checks both parts.
   *
   * @throws IllegalArgumentException if the type is no atom, the address has a character that it
   *     may not have, or both get longer than {@value #MAX_LENGTH} characters
   */
  public OriginalRecipient {
    if (addressType.isEmpty() || !addressType.chars().allMatch(c -> isTypeChar((char) c))) {
      throw new IllegalArgumentException("The type of an address is an atom");
    }
    addressType = addressType.toLowerCase(Locale.ROOT);
    boolean isText = addressType.equals(UTF8) ? Ascii.isClean(address) : Ascii.isPrintable(address);
    if (address.isEmpty() || !isText) {
      throw new IllegalArgumentException("An original recipient is printable text");
    }
    if (written(addressType, address, false).length() > MAX_LENGTH) {
      throw new IllegalArgumentException("ORCPT has at most " + MAX_LENGTH + " characters");
    }
  }

  /**
   * Reads the parameter's value: the type, a semicolon and the encoded address.
   *
   * @throws IllegalArgumentException if it is malformed or breaks the rules of its parts
   */
  public static OriginalRecipient parse(String text) {
    int semicolon = text.indexOf(';');
    if (semicolon < 0 || text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("ORCPT has the form type;address");
    }
    String type = text.substring(0, semicolon);
    String address = text.substring(semicolon + 1);
    return new OriginalRecipient(
        type, Ascii.equalsIgnoreCase(type, UTF8) ? Unitext.decode(address) : Xtext.decode(address));
  }

  /** Whether all characters are ASCII, so that no SMTPUTF8 is needed to write it. */
  public boolean isAscii() {
    return Ascii.isAscii(address);
  }

  /** The parameter's value for a server without SMTPUTF8 ({@code utf-8-addr-xtext}). */
  public String toAscii() {
    return written(addressType, address, true);
  }

  @Override
  public String toString() {
    return written(addressType, address, false);
  }

  private static String written(String type, String address, boolean isAscii) {
    return type
        + ";"
        + (type.equals(UTF8) ? Unitext.encode(address, isAscii) : Xtext.encode(address));
  }

  /** {@code atext} that an {@code esmtp-value} has. */
  private static boolean isTypeChar(char c) {
    return c < 0x80 && c != '=' && Ascii.isAtext(c);
  }
}
