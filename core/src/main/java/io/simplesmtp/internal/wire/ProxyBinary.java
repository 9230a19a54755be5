package io.simplesmtp.internal.wire;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/** Version 2 of the PROXY protocol: a fixed part, addresses, and vectors (section 2.2). */
final class ProxyBinary {

  private static final int LOCAL = 0;
  private static final int PROXY = 1;
  private static final int INET = 1;
  private static final int INET6 = 2;
  private static final int UNIX = 3;
  private static final int STREAM = 1;
  private static final int DGRAM = 2;

  /** Of a Unix address, padded with zeros. */
  private static final int PATH = 108;

  private static final int CRC32C = 0x03;
  private static final int NOOP = 0x04;
  private static final int UNIQUE_ID = 0x05;
  private static final int MAX_UNIQUE_ID = 128;

  private ProxyBinary() {}

  /** Reads a header of the length that it announces. */
  static ProxyHeaderResult parse(byte[] octets) {
    int command = octets[12] & 0xf;
    int family = (octets[13] & 0xff) >> 4;
    int transport = octets[13] & 0xf;
    if (command > PROXY || family > UNIX || transport > DGRAM) {
      return new ProxyHeaderResult.Malformed("unknown command, family or transport");
    }
    if (command == LOCAL) {
      return new ProxyHeader(Optional.empty(), List.of()); // all else is skipped
    }
    boolean isKnown = family != 0 && transport != 0;
    int behindAddresses = ProxyHeader.FIXED + (isKnown ? lengthOf(family) : 0);
    if (behindAddresses > octets.length) {
      return new ProxyHeaderResult.Malformed("cut off in its addresses");
    }
    if (!isKnown) {
      // How long the addresses of an unknown family are, is not known either.
      return new ProxyHeader(Optional.empty(), List.of());
    }
    Optional<List<ProxyHeader.Vector>> vectors = ProxyHeader.vectors(octets, behindAddresses);
    if (vectors.isEmpty()) {
      return new ProxyHeaderResult.Malformed("broken vectors");
    }
    if (!isIntact(octets, behindAddresses, vectors.get())) {
      return new ProxyHeaderResult.Malformed("wrong checksum, or a name that is too long");
    }
    // SMTP needs a stream; what is no stream counts as not told, as the specification asks.
    return new ProxyHeader(
        transport == STREAM ? Optional.of(ends(octets, family)) : Optional.empty(),
        vectors.get().stream().filter(v -> v.type() != CRC32C && v.type() != NOOP).toList());
  }

  private static int lengthOf(int family) {
    return switch (family) {
      case INET -> 12;
      case INET6 -> 36;
      default -> 2 * PATH;
    };
  }

  private static ProxyHeader.Ends ends(byte[] octets, int family) {
    if (family == UNIX) {
      return new ProxyHeader.Ends(
          unix(octets, ProxyHeader.FIXED), unix(octets, ProxyHeader.FIXED + PATH));
    }
    int length = family == INET ? 4 : 16;
    int ports = ProxyHeader.FIXED + 2 * length;
    return new ProxyHeader.Ends(
        inet(octets, ProxyHeader.FIXED, length, ports),
        inet(octets, ProxyHeader.FIXED + length, length, ports + 2));
  }

  private static SocketAddress inet(byte[] octets, int at, int length, int port) {
    try {
      InetAddress address = InetAddress.getByAddress(Arrays.copyOfRange(octets, at, at + length));
      return new InetSocketAddress(address, ByteBuffer.wrap(octets).getShort(port) & 0xffff);
    } catch (UnknownHostException e) {
      throw new AssertionError("An address of " + length + " octets", e);
    }
  }

  /** A path of printable ASCII; all others, such as abstract names, count as unnamed. */
  private static SocketAddress unix(byte[] octets, int at) {
    int end = at;
    while (end < at + PATH && octets[end] > ' ' && octets[end] < 0x7f) {
      end++;
    }
    boolean isPath = end == at + PATH || octets[end] == 0;
    return UnixDomainSocketAddress.of(
        isPath ? new String(octets, at, end - at, StandardCharsets.US_ASCII) : "");
  }

  private static boolean isIntact(byte[] octets, int from, List<ProxyHeader.Vector> vectors) {
    int at = from;
    for (ProxyHeader.Vector vector : vectors) {
      int length = vector.value().length;
      boolean isWrong =
          switch (vector.type()) {
            case CRC32C ->
                length != 4 || sum(octets, at + 3) != ByteBuffer.wrap(octets).getInt(at + 3);
            case UNIQUE_ID -> length > MAX_UNIQUE_ID;
            default -> false;
          };
      if (isWrong) {
        return false;
      }
      at += 3 + length;
    }
    return true;
  }

  /** Section 2.2.3: the checksum of the header is taken with zeros in its own place. */
  private static int sum(byte[] octets, int at) {
    CRC32C sum = new CRC32C();
    sum.update(octets, 0, at);
    sum.update(new byte[4], 0, 4);
    sum.update(octets, at + 4, octets.length - at - 4);
    return (int) sum.getValue();
  }
}
