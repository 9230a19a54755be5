package io.simplesmtp.internal.session;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/** What counts as one client: an IPv4 address, or the /64 network of an IPv6 one. */
public final class ClientNetwork {

  private ClientNetwork() {}

  /** A key that is equal for all addresses of a client. */
  public static Object of(InetAddress client) {
    return client instanceof Inet6Address six
        ? (Object) ByteBuffer.wrap(six.getAddress()).getLong()
        : client;
  }
}
