package io.simplesmtp.server;

import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;

/**
 * Which hosts a listener believes when they speak for others. Nobody is trusted by default.
 *
 * <pre>{@code
 * Trust trust = Trust.NOBODY.withProxies(Network.parse("10.0.0.0/24"));
 * Listener mx = Listener.smtp(25).withTrust(trust);
 * }</pre>
 *
 * <p>Who is trusted can claim any address, and with XCLIENT any user, so these are networks whose
 * every host is one's own. Immutable and safe for use by any thread.
 *
 * @param proxies connections from there must begin with a PROXY header (HAProxy's {@code
 *     proxy-protocol.txt}, versions 1 and 2); without one they are closed without a word
 * @param xclients clients there may use XCLIENT (Postfix's {@code XCLIENT_README}); judged by
 *     {@link ConnectionInfo#client()}, so neither the client of a proxy has the proxy's right, nor
 *     who became another client keeps it
 * @param xforwards clients there may use XFORWARD (Postfix's {@code XFORWARD_README}), judged in
 *     the same way
 */
public record Trust(Set<Network> proxies, Set<Network> xclients, Set<Network> xforwards) {

  /** No host is believed. */
  public static final Trust NOBODY = new Trust(Set.of(), Set.of(), Set.of());

  /** Takes copies of the sets. */
  public Trust {
    proxies = Set.copyOf(proxies);
    xclients = Set.copyOf(xclients);
    xforwards = Set.copyOf(xforwards);
  }

  /** This trust with other {@code proxies}. */
  public Trust withProxies(Network... values) {
    return new Trust(Set.of(values), xclients, xforwards);
  }

  /** This trust with other {@code xclients}. */
  public Trust withXclients(Network... values) {
    return new Trust(proxies, Set.of(values), xforwards);
  }

  /** This trust with other {@code xforwards}. */
  public Trust withXforwards(Network... values) {
    return new Trust(proxies, xclients, Set.of(values));
  }

  /** Whether a connection from an address begins with a PROXY header; not without an address. */
  public boolean isProxy(Optional<InetAddress> address) {
    return isIn(proxies, address);
  }

  /** Whether a client may use XCLIENT; not without an address. */
  public boolean isXclient(Optional<InetAddress> address) {
    return isIn(xclients, address);
  }

  /** Whether a client may use XFORWARD; not without an address. */
  public boolean isXforward(Optional<InetAddress> address) {
    return isIn(xforwards, address);
  }

  private static boolean isIn(Set<Network> networks, Optional<InetAddress> address) {
    if (address.isPresent()) {
      for (Network network : networks) {
        if (network.contains(address.get())) {
          return true;
        }
      }
    }
    return false;
  }
}
