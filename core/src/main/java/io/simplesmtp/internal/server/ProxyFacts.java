package io.simplesmtp.internal.server;

import io.simplesmtp.internal.wire.ProxyHeader;
import io.simplesmtp.internal.wire.ProxyHeaderResult;
import io.simplesmtp.server.ConnectionInfo;
import io.simplesmtp.server.Proxied;
import io.simplesmtp.server.ProxiedTls;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The vectors of a PROXY header as values (section 2.2 of the specification). A type that comes
 * twice, a text that is not printable and a broken inner vector are faults of the header.
 */
final class ProxyFacts {

  private static final System.Logger LOG = System.getLogger("io.simplesmtp.server");

  private static final int ALPN = 0x01;
  private static final int AUTHORITY = 0x02;
  private static final int UNIQUE_ID = 0x05;
  private static final int SSL = 0x20;
  private static final int SSL_VERSION = 0x21;
  private static final int SSL_COMMON_NAME = 0x22;
  private static final int SSL_CIPHER = 0x23;

  private static final int CLIENT_SSL = 0x01;
  private static final int CLIENT_CERTIFICATE = 0x02 | 0x04;

  /** Of the flags and the verdict before the inner vectors of {@link #SSL}. */
  private static final int SSL_FIXED = 5;

  private final List<ProxyHeader.Vector> vectors;

  private ProxyFacts(List<ProxyHeader.Vector> vectors) {
    this.vectors = vectors;
  }

  /**
   * Reads the header of a trusted proxy; blocks until it is there or cannot be one any more.
   *
   * @param id of the session to be, for the log
   * @param in is asked for no octet behind the header
   * @param socket the connection as it is without a header
   * @return the connection of the proxy's client; empty if there is no header
   */
  static Optional<ConnectionInfo> read(String id, InputStream in, ConnectionInfo socket)
      throws IOException {
    return switch (ProxyHeader.read(in)) {
      case ProxyHeaderResult.Malformed malformed -> none(id, socket, malformed.reason());
      case ProxyHeader header -> {
        try {
          ProxyHeader.Ends own = new ProxyHeader.Ends(socket.client(), socket.server());
          ProxyHeader.Ends ends = header.ends().orElse(own);
          Proxied proxied = of(header, own);
          yield Optional.of(
              new ConnectionInfo(
                  ends.client(),
                  ends.server(),
                  socket.listener(),
                  Optional.of(proxied),
                  Optional.empty(),
                  Optional.empty()));
        } catch (IllegalArgumentException e) {
          yield none(id, socket, String.valueOf(e.getMessage()));
        }
      }
    };
  }

  private static Optional<ConnectionInfo> none(String id, ConnectionInfo socket, String reason) {
    LOG.log(
        Level.DEBUG,
        "Session {0}: no PROXY header from {1}: {2}",
        id,
        socket.clientAddress().map(InetAddress::getHostAddress).orElse("a Unix socket"),
        reason);
    return Optional.empty();
  }

  /**
   * Makes the value of a header that came over a connection between these ends.
   *
   * @throws IllegalArgumentException if a vector is broken
   */
  static Proxied of(ProxyHeader header, ProxyHeader.Ends socket) {
    ProxyFacts facts = new ProxyFacts(header.vectors());
    return new Proxied(
        socket.client(),
        socket.server(),
        header.ends().isPresent(),
        facts.text(AUTHORITY),
        facts.text(ALPN),
        facts.find(SSL).flatMap(ProxyFacts::tls),
        facts.find(UNIQUE_ID).map(ProxyFacts::name),
        facts.more());
  }

  private Optional<byte[]> find(int type) {
    List<ProxyHeader.Vector> found = vectors.stream().filter(v -> v.type() == type).toList();
    if (found.size() > 1) {
      throw new IllegalArgumentException("type " + type + " twice");
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(found.get(0).value());
  }

  private Optional<String> text(int type) {
    return find(type).map(octets -> text(type, octets));
  }

  private static String text(int type, byte[] octets) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
      if (!text.isEmpty() && text.codePoints().allMatch(ProxyFacts::isPrintable)) {
        return text;
      }
    } catch (CharacterCodingException e) {
      // Said below.
    }
    throw new IllegalArgumentException("type " + type + " is not a printable text");
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private static String name(byte[] octets) {
    for (byte octet : octets) {
      if (octet < ' ' || octet == 0x7f) {
        return HexFormat.of().formatHex(octets);
      }
    }
    return new String(octets, StandardCharsets.US_ASCII);
  }

  /** Section 2.2.6; a client without TLS may have the vector too. */
  private static Optional<ProxiedTls> tls(byte[] value) {
    if (value.length < SSL_FIXED) {
      throw new IllegalArgumentException("the facts of TLS are cut off");
    }
    int client = value[0];
    boolean isGood = ByteBuffer.wrap(value).getInt(1) == 0;
    ProxyFacts inner =
        new ProxyFacts(
            ProxyHeader.vectors(value, SSL_FIXED)
                .orElseThrow(() -> new IllegalArgumentException("the facts of TLS are broken")));
    ProxiedTls tls =
        new ProxiedTls(
            inner.text(SSL_VERSION),
            inner.text(SSL_CIPHER),
            inner.text(SSL_COMMON_NAME),
            (client & CLIENT_CERTIFICATE) != 0 && isGood);
    return (client & CLIENT_SSL) != 0 ? Optional.of(tls) : Optional.empty();
  }

  private List<Proxied.Vector> more() {
    List<Proxied.Vector> more = new ArrayList<>();
    for (ProxyHeader.Vector vector : vectors) {
      switch (vector.type()) {
        case ALPN, AUTHORITY, UNIQUE_ID, SSL -> {
          // It has a component of its own.
        }
        default -> more.add(new Proxied.Vector(vector.type(), vector.value()));
      }
    }
    return more;
  }
}
