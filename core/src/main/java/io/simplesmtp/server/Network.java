package io.simplesmtp.server;

import io.simplesmtp.AddressLiteral;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * A block of IP addresses (RFC 4632, RFC 4291 section 2.3).
 *
 * <pre>{@code
 * Network intranet = Network.parse("10.0.0.0/8");
 * boolean isInside = intranet.contains(InetAddress.getLoopbackAddress());
 * }</pre>
 *
 * <p>Immutable and safe for use by any thread.
 */
public final class Network {

  private final byte[] address;
  private final int prefix;

  private Network(byte[] address, int prefix) {
    this.address = address;
    this.prefix = prefix;
  }

  /**
   * Reads an address, which is a block of one, or an address and the length of its prefix. Nothing
   * is looked up.
   *
   * @param text such as {@code 192.0.2.1}, {@code 10.0.0.0/8} or {@code 2001:db8::/32}
   * @throws IllegalArgumentException if it is no address, if the prefix is too long, or if the
   *     address has bits behind it
   */
  public static Network parse(String text) {
    int slash = text.indexOf('/');
    byte[] address = address(slash < 0 ? text : text.substring(0, slash));
    int most = address.length * 8;
    int prefix = slash < 0 ? most : prefix(text.substring(slash + 1), most);
    Network network = new Network(address, prefix);
    for (int bit = prefix; bit < most; bit++) {
      if (bit(address, bit)) {
        throw new IllegalArgumentException("There are bits behind the prefix of " + text);
      }
    }
    return network;
  }

  /** Whether an address is in the block; never one of the other family. */
  public boolean contains(InetAddress candidate) {
    byte[] octets = candidate.getAddress();
    if (octets.length != address.length) {
      return false;
    }
    for (int bit = 0; bit < prefix; bit++) {
      if (bit(octets, bit) != bit(address, bit)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Network network
        && prefix == network.prefix
        && Arrays.equals(address, network.address);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(address) * 31 + prefix;
  }

  /** Such as {@code 10.0.0.0/8}. */
  @Override
  public String toString() {
    try {
      return InetAddress.getByAddress(address).getHostAddress() + "/" + prefix;
    } catch (UnknownHostException e) {
      throw new IllegalStateException("Four or sixteen octets are an address", e);
    }
  }

  private static byte[] address(String text) {
    String literal = text.indexOf(':') < 0 ? "[" + text + "]" : "[IPv6:" + text + "]";
    try {
      return AddressLiteral.parse(literal)
          .address()
          .orElseThrow(() -> new IllegalArgumentException("Not an IP address: " + text))
          .getAddress();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("Not an IP address: " + text, e);
    }
  }

  private static int prefix(String digits, int most) {
    boolean isNumber = digits.length() <= 3 && digits.matches("[0-9]+");
    int prefix = isNumber ? Integer.parseInt(digits) : most + 1;
    if (prefix > most) {
      throw new IllegalArgumentException("A prefix has 0 to " + most + " bits: " + digits);
    }
    return prefix;
  }

  private static boolean bit(byte[] octets, int index) {
    return (octets[index / 8] >> (7 - index % 8) & 1) == 1;
  }
}
