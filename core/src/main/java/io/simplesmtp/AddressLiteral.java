package io.simplesmtp;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;

/**
 * The address of a host written in brackets in the place of a domain, such as {@code [192.0.2.1]},
 * {@code [IPv6:2001:db8::1]} or a general {@code [tag:content]} (RFC 5321 section 4.1.3).
 *
 * <pre>{@code
 * AddressLiteral client = AddressLiteral.parse("[192.0.2.1]");
 * AddressLiteral same = AddressLiteral.of(client.address().orElseThrow());
 * }</pre>
 *
 * <p>Two literals are equal when they are the same IP address, or the same text without regard to
 * case. Immutable and safe for use by any thread. No look-up is ever made.
 *
 * @param text what stands between the brackets
 */
public record AddressLiteral(String text) implements Host {

  private static final String IPV6 = "IPv6:";
  private static final int MAX_TEXT = 255;

  /**
   * Checks the literal.
   *
   * @throws IllegalArgumentException if the text is none of the three forms
   */
  public AddressLiteral {
    if (text.length() > MAX_TEXT || !Ascii.isAscii(text) || !(isIpv4(text) || isTagged(text))) {
      throw new IllegalArgumentException("Not an address literal");
    }
  }

  /**
   * Reads a literal with its brackets.
   *
   * @throws IllegalArgumentException if the text is not an address literal
   */
  public static AddressLiteral parse(String text) {
    if (text.length() < 2 || text.charAt(0) != '[' || text.charAt(text.length() - 1) != ']') {
      throw new IllegalArgumentException("An address literal stands in brackets");
    }
    return new AddressLiteral(text.substring(1, text.length() - 1));
  }

  /** The literal of an IP address; a scope is left out. */
  public static AddressLiteral of(InetAddress address) {
    String text = address.getHostAddress();
    int scope = text.indexOf('%');
    text = scope < 0 ? text : text.substring(0, scope);
    return new AddressLiteral(text.indexOf(':') < 0 ? text : IPV6 + text);
  }

  /** The IP address, or empty for a general literal. */
  public Optional<InetAddress> address() {
    if (isIpv4(text)) {
      return Optional.of(inet(text));
    }
    return isIpv6Tagged(text)
        ? Optional.of(inet6(text.substring(IPV6.length())))
        : Optional.empty();
  }

  @Override
  public String canonical() {
    String same = address().map(InetAddress::getHostAddress).orElse(text.toLowerCase(Locale.ROOT));
    return "[" + same + "]";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AddressLiteral literal && canonical().equals(literal.canonical());
  }

  @Override
  public int hashCode() {
    return canonical().hashCode();
  }

  @Override
  public String toString() {
    return "[" + text + "]";
  }

  private static boolean isIpv6Tagged(String text) {
    return text.regionMatches(true, 0, IPV6, 0, IPV6.length());
  }

  /** {@code IPv4-address-literal = Snum 3("." Snum)}. */
  private static boolean isIpv4(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return false;
    }
    for (String part : parts) {
      if (part.isEmpty() || part.length() > 3 || !Ascii.isNumber(part)) {
        return false;
      }
      if (Integer.parseInt(part) > 255) {
        return false;
      }
    }
    return true;
  }

  /** {@code IPv6-address-literal / General-address-literal}. */
  private static boolean isTagged(String text) {
    if (isIpv6Tagged(text)) {
      return isIpv6(text.substring(IPV6.length()));
    }
    int colon = text.indexOf(':');
    return colon > 0 && isTag(text.substring(0, colon)) && isContent(text.substring(colon + 1));
  }

  private static boolean isTag(String tag) {
    return tag.chars().allMatch(c -> Ascii.isLetterOrDigit((char) c) || c == '-')
        && !tag.endsWith("-");
  }

  /** {@code 1*dcontent}. */
  private static boolean isContent(String content) {
    return !content.isEmpty()
        && content.chars().allMatch(c -> (c >= 33 && c <= 90) || (c >= 94 && c <= 126));
  }

  private static boolean isIpv6(String address) {
    boolean legal =
        address.indexOf(':') >= 0
            && address.chars().allMatch(c -> Ascii.isHexDigit((char) c) || c == ':' || c == '.');
    if (!legal) {
      return false;
    }
    try {
      inet6(address);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** In brackets, because then the text is never taken for a name that could be looked up. */
  private static InetAddress inet6(String numeric) {
    return inet("[" + numeric + "]");
  }

  /** Reads a numeric address: four decimal numbers, or anything in brackets. */
  private static InetAddress inet(String numeric) {
    try {
      return InetAddress.getByName(numeric);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("Not an IP address", e);
    }
  }
}
