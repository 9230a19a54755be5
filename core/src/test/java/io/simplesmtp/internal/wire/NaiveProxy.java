package io.simplesmtp.internal.wire;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/**
 * What the specification says of a header, written to be read and not to be strict in its own way:
 * the oracle for {@link ProxyHeader}. It has all the input at hand, also what stands behind the
 * header.
 *
 * @param text the header in words, or {@code no}
 * @param length the octets of the header
 */
record NaiveProxy(String text, int length) {

  private static final NaiveProxy NO = new NaiveProxy("no", 0);
  private static final String SIGNATURE = "\r\n\r\n\0\r\nQUIT\n";

  static NaiveProxy read(String input) {
    try {
      return input.startsWith(SIGNATURE) ? binary(input) : line(input);
    } catch (UnknownHostException | IllegalArgumentException | IndexOutOfBoundsException e) {
      return NO;
    }
  }

  /** The same words for what the reader found. */
  static String text(ProxyHeaderResult result) {
    return switch (result) {
      case ProxyHeaderResult.Malformed malformed -> "no";
      case ProxyHeader header ->
          header.ends().map(e -> words(e.client()) + words(e.server())).orElse("untold")
              + header.vectors().stream()
                  .map(v -> " " + v.type() + "=" + latin(v.value()))
                  .collect(Collectors.joining());
    };
  }

  private static NaiveProxy line(String input) throws UnknownHostException {
    int end = input.indexOf("\r\n");
    if (end < 0 || end + 2 > 107 || input.indexOf('\n') < end || input.indexOf('\r') < end) {
      return NO;
    }
    String line = input.substring(0, end);
    if (line.equals("PROXY UNKNOWN") || line.startsWith("PROXY UNKNOWN ")) {
      return new NaiveProxy("untold", end + 2);
    }
    String[] words = line.split(" ", -1);
    boolean isSix = words[1].equals("TCP6");
    if (words.length != 6 || !words[0].equals("PROXY") || !(isSix || words[1].equals("TCP4"))) {
      return NO;
    }
    String ends = end(isSix, words[2], words[4]) + end(isSix, words[3], words[5]);
    return new NaiveProxy(ends, end + 2);
  }

  private static String end(boolean isSix, String host, String port) throws UnknownHostException {
    int number = Integer.parseInt(port);
    boolean isLegal = isSix ? host.matches("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*") : isFour(host);
    if (!port.equals(Integer.toString(number)) || number < 0 || number > 65535 || !isLegal) {
      throw new IllegalArgumentException();
    }
    InetAddress address = InetAddress.getByName(isSix ? "[" + host + "]" : host);
    return words(new InetSocketAddress(address, number));
  }

  private static boolean isFour(String host) {
    String[] parts = host.split("\\.", -1);
    for (String part : parts) {
      int number = Integer.parseInt(part);
      if (number < 0 || number > 255 || !part.equals(Integer.toString(number))) {
        return false;
      }
    }
    return parts.length == 4;
  }

  private static NaiveProxy binary(String input) throws UnknownHostException {
    int version = input.charAt(12) >> 4;
    int command = input.charAt(12) & 15;
    int family = input.charAt(13) >> 4;
    int transport = input.charAt(13) & 15;
    int length = 16 + input.charAt(14) * 256 + input.charAt(15);
    if (version != 2 || command > 1 || family > 3 || transport > 2 || length > 4096) {
      return NO;
    }
    String header = input.substring(0, length);
    if (command == 0 || family == 0 || transport == 0) {
      return new NaiveProxy("untold", length);
    }
    int size = new int[] {0, 4, 16, 108}[family];
    int behind = 16 + 2 * size + (family == 3 ? 0 : 4);
    String vectors = vectors(header, behind);
    String client = header.substring(16, 16 + size);
    String server = header.substring(16 + size, 16 + 2 * size);
    if (transport == 2) {
      return new NaiveProxy("untold" + vectors, length);
    }
    String ends =
        family == 3
            ? path(client) + path(server)
            : words(client, header, behind - 4) + words(server, header, behind - 2);
    return new NaiveProxy(ends + vectors, length);
  }

  private static String words(String address, String header, int port) throws UnknownHostException {
    int number = header.charAt(port) * 256 + header.charAt(port + 1);
    InetAddress inet = InetAddress.getByAddress(address.getBytes(StandardCharsets.ISO_8859_1));
    return words(new InetSocketAddress(inet, number));
  }

  private static String path(String padded) {
    int end = padded.indexOf('\0');
    String path = end < 0 ? padded : padded.substring(0, end);
    String slashes = path.replaceAll("/+", "/").replaceAll("(.)/$", "$1"); // one file, however many
    return "(" + (path.matches("[!-~]*") ? slashes : "") + ")";
  }

  private static String vectors(String header, int from) {
    String words = "";
    int at = from;
    while (at < header.length()) {
      int end = at + 3 + header.charAt(at + 1) * 256 + header.charAt(at + 2);
      String value = header.substring(at + 3, end);
      int type = header.charAt(at);
      if (type == 3 || (type == 5 && value.length() > 128)) {
        throw new IllegalArgumentException(); // no mutation makes a right checksum
      }
      words += type == 4 ? "" : " " + type + "=" + value;
      at = end;
    }
    if (from > header.length()) {
      throw new IllegalArgumentException("cut off");
    }
    return words;
  }

  private static String words(SocketAddress address) {
    return address instanceof InetSocketAddress inet
        ? "("
            + inet.getAddress().getHostAddress()
            + " "
            + inet.getPort()
            + (inet.getAddress() instanceof Inet6Address ? " six)" : ")")
        : "(" + address + ")";
  }

  private static String latin(byte[] octets) {
    return new String(octets, StandardCharsets.ISO_8859_1);
  }
}
