package io.simplesmtp.internal.wire;

import io.simplesmtp.AddressLiteral;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Version 1 of the PROXY protocol: a line of text (section 2.1). */
final class ProxyLine {

  private static final int MAX_PORT = 65_535;

  /** Of {@code PROXY TCP4 0.0.0.0 0.0.0.0 0 0} with its CR LF. */
  private static final int SHORTEST_TCP4 = 32;

  /** Of {@code PROXY TCP6 :: :: 0 0} with its CR LF. */
  private static final int SHORTEST_TCP6 = 22;

  private static final Pattern LINE =
      Pattern.compile(
          "PROXY TCP([46]) ([0-9a-fA-F:.]+) ([0-9a-fA-F:.]+) (0|[1-9][0-9]{0,4}) (0|[1-9][0-9]{0,4})\r\n");

  /** Section 2.1: what follows UNKNOWN is ignored. */
  private static final Pattern UNKNOWN = Pattern.compile("PROXY UNKNOWN(| [^\r\n]*)\r\n");

  private static final String NUMBER = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
  private static final Pattern IPV4 = Pattern.compile(NUMBER + "(\\." + NUMBER + "){3}");

  private ProxyLine() {}

  /** The length that a line has at least, given how it begins; it ends if that is reached. */
  static int least(byte[] octets, int length, int shortest) {
    if (length < shortest) {
      return shortest;
    }
    if (octets[length - 1] == '\n') {
      return length; // whole, or broken by a bare LF
    }
    int family =
        switch (octets[9]) {
          case '4' -> SHORTEST_TCP4;
          case '6' -> SHORTEST_TCP6;
          default -> 0;
        };
    return Math.max(length + 1, family);
  }

  static ProxyHeaderResult parse(String line) {
    if (UNKNOWN.matcher(line).matches()) {
      return new ProxyHeader(Optional.empty(), List.of());
    }
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      return new ProxyHeaderResult.Malformed("not a line of version 1");
    }
    boolean isIpv4 = matcher.group(1).equals("4");
    Optional<InetSocketAddress> client = address(isIpv4, matcher.group(2), matcher.group(4));
    Optional<InetSocketAddress> server = address(isIpv4, matcher.group(3), matcher.group(5));
    if (client.isEmpty() || server.isEmpty()) {
      return new ProxyHeaderResult.Malformed("not an address in a line of version 1");
    }
    return new ProxyHeader(
        Optional.of(new ProxyHeader.Ends(client.get(), server.get())), List.of());
  }

  private static Optional<InetSocketAddress> address(boolean isIpv4, String host, String port) {
    int number = Integer.parseInt(port);
    if (number > MAX_PORT || (isIpv4 && !IPV4.matcher(host).matches())) {
      return Optional.empty();
    }
    try {
      Optional<InetAddress> address = new AddressLiteral(isIpv4 ? host : "IPv6:" + host).address();
      return address.map(a -> new InetSocketAddress(a, number));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
