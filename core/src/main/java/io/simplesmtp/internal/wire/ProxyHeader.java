package io.simplesmtp.internal.wire;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a proxy says of its client before the client's first octet: the PROXY protocol, versions 1
 * and 2 ({@code proxy-protocol.txt} of HAProxy).
 *
 * <p>A header is read to its last octet and not one further, because what follows may be anything,
 * such as a TLS handshake. Input that does not begin as a header is given up at once.
 *
 * @param ends the client's address and the one it connected to; empty if the proxy speaks for
 *     itself (LOCAL) or does not tell (UNKNOWN, UNSPEC)
 * @param vectors what version 2 adds, in the order of the header, but for padding and checksum
 */
public record ProxyHeader(Optional<Ends> ends, List<Vector> vectors) implements ProxyHeaderResult {

  /** The longest header that is read, in octets. */
  public static final int MAX_LENGTH = 4096;

  /** Section 2.1: a line of version 1 with its CR LF. */
  private static final int MAX_LINE = 107;

  /** {@code PROXY UNKNOWN} with its CR LF, also less than any header of version 2. */
  private static final int SHORTEST = 15;

  static final int FIXED = 16;
  private static final byte[] TEXT = "PROXY ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] BINARY = {
    '\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n'
  };

  /** Takes a copy of the vectors. */
  public ProxyHeader {
    vectors = List.copyOf(vectors);
  }

  /**
   * The two ends of the client's connection to the proxy.
   *
   * @param client an {@link InetSocketAddress}, or a Unix address that may be unnamed
   * @param server what the client connected to, of the same kind
   */
  public record Ends(SocketAddress client, SocketAddress server) {}

  /**
   * A type, and its value as it was sent (section 2.2).
   *
   * @param type 0 to 255
   * @param value not to be changed
   */
  @SuppressWarnings("ArrayRecordComponent") // never leaves the engine, never compared
  public record Vector(int type, byte[] value) {}

  /**
   * Reads a header; blocks until it is there or cannot be one any more.
   *
   * @param in is asked for no octet behind the header
   */
  public static ProxyHeaderResult read(InputStream in) throws IOException {
    byte[] octets = new byte[MAX_LINE];
    int length = 0;
    int most = SHORTEST;
    while (length < most) {
      int count = in.read(octets, length, most - length);
      if (count < 0) {
        return new ProxyHeaderResult.Malformed("the connection ended in its header");
      }
      length += count;
      if (begins(octets, length, BINARY)) {
        most = FIXED;
      } else if (begins(octets, length, TEXT)) {
        most = Math.min(MAX_LINE, ProxyLine.least(octets, length, SHORTEST));
      } else {
        return new ProxyHeaderResult.Malformed("no header");
      }
    }
    return octets[0] == BINARY[0]
        ? readRest(octets, in)
        : ProxyLine.parse(new String(octets, 0, length, StandardCharsets.ISO_8859_1));
  }

  /** Reads what the length of a binary header announces (section 2.2). */
  private static ProxyHeaderResult readRest(byte[] fixed, InputStream in) throws IOException {
    int rest = (fixed[FIXED - 2] & 0xff) << 8 | (fixed[FIXED - 1] & 0xff);
    if (fixed[12] >> 4 != 2) {
      return new ProxyHeaderResult.Malformed("not version 2");
    }
    if (FIXED + rest > MAX_LENGTH) {
      return new ProxyHeaderResult.Malformed("a header of " + (FIXED + rest) + " octets");
    }
    byte[] octets = Arrays.copyOf(fixed, FIXED + rest);
    int count = in.readNBytes(octets, FIXED, rest);
    return count < rest
        ? new ProxyHeaderResult.Malformed("the connection ended in its header")
        : ProxyBinary.parse(octets);
  }

  /**
   * Reads vectors: each a type, two octets of length, and as many octets of value.
   *
   * @param from where the first one begins
   * @return empty if the last one is cut off
   */
  public static Optional<List<Vector>> vectors(byte[] octets, int from) {
    List<Vector> vectors = new ArrayList<>();
    int at = from;
    while (at < octets.length) {
      int value = at + 3;
      if (value > octets.length) {
        return Optional.empty();
      }
      int end = value + (ByteBuffer.wrap(octets).getShort(at + 1) & 0xffff);
      if (end > octets.length) {
        return Optional.empty();
      }
      vectors.add(new Vector(octets[at] & 0xff, Arrays.copyOfRange(octets, value, end)));
      at = end;
    }
    return Optional.of(vectors);
  }

  private static boolean begins(byte[] octets, int length, byte[] signature) {
    int compared = Math.min(length, signature.length);
    return Arrays.equals(octets, 0, compared, signature, 0, compared);
  }
}
