package io.simplesmtp.server;

import java.net.SocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What a trusted proxy told of its client with the PROXY protocol, and the ends of the connection
 * between the proxy and the server.
 *
 * <pre>{@code
 * Optional<String> asked = session.connection().proxied().flatMap(Proxied::authority);
 * }</pre>
 *
 * <p>A proxy of version 1 tells addresses alone. All texts are printable. Immutable and safe for
 * use by any thread.
 *
 * @param proxy the proxy's address, where the connection came from
 * @param server the server's address that the proxy connected to
 * @param isClientTold whether the proxy told addresses; if not, as in its own checks of the server,
 *     {@link ConnectionInfo#client()} is the proxy itself
 * @param authority the host name that the client asked for, mostly by SNI
 * @param alpn the protocol that the client and the proxy agreed on by ALPN
 * @param tls what TLS between the client and the proxy agreed on; empty if there was none, or if
 *     the proxy does not tell
 * @param uniqueId how the proxy names the connection in its own logs; in hexadecimal digits if it
 *     is not printable ASCII
 * @param more what else stood in the header
 */
public record Proxied(
    SocketAddress proxy,
    SocketAddress server,
    boolean isClientTold,
    Optional<String> authority,
    Optional<String> alpn,
    Optional<ProxiedTls> tls,
    Optional<String> uniqueId,
    List<Vector> more) {

  /** Takes a copy of the list. */
  public Proxied {
    more = List.copyOf(more);
  }

  /**
   * A value of a type that has no component of its own, such as those that networks add for
   * themselves (224 to 239).
   *
   * @param type 0 to 255
   * @param value as it was sent; a copy each time
   */
  @SuppressWarnings("ArrayRecordComponent") // copied in and out, and compared by its octets
  public record Vector(int type, byte[] value) {

    /** Takes a copy of the value. */
    public Vector {
      value = value.clone();
    }

    @Override
    public byte[] value() {
      return value.clone();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Vector vector
          && type == vector.type
          && Arrays.equals(value, vector.value);
    }

    @Override
    public int hashCode() {
      return 31 * type + Arrays.hashCode(value);
    }

    @Override
    public String toString() {
      return type + "=" + HexFormat.of().formatHex(value);
    }
  }
}
