package io.simplesmtp.transcripts;

import io.simplesmtp.server.ConnectionInfo;
import io.simplesmtp.server.Proxied;
import io.simplesmtp.server.ProxiedTls;
import io.simplesmtp.server.XClient;
import io.simplesmtp.server.XForward;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Optional;

/** What is known of where a client stands, in the words of a transcript; {@code -} is unknown. */
final class Origin {

  private Origin() {}

  static List<String> of(ConnectionInfo connection) {
    return List.of(
        "client: " + end(connection.client()),
        "server: " + end(connection.server()),
        "proxied: " + connection.proxied().map(Origin::proxied).orElse("none"),
        "xclient: " + connection.xclient().map(Origin::xclient).orElse("none"),
        "xforward: " + connection.xforward().map(Origin::xforward).orElse("none"));
  }

  private static String end(SocketAddress address) {
    if (!(address instanceof InetSocketAddress inet)) {
      return "unix " + address;
    }
    return inet.isUnresolved()
        ? inet.getHostString() + " " + inet.getPort()
        : inet.getAddress().getHostAddress() + " " + inet.getPort();
  }

  private static String proxied(Proxied proxied) {
    return "%s %s %s %s %s %s"
        .formatted(
            proxied.isClientTold() ? "told" : "untold",
            known(proxied.authority()),
            known(proxied.alpn()),
            known(proxied.uniqueId()),
            proxied.tls().map(Origin::tls).orElse("-"),
            proxied.more());
  }

  private static String tls(ProxiedTls tls) {
    return "(%s %s %s%s)"
        .formatted(
            known(tls.protocol()),
            known(tls.cipherSuite()),
            known(tls.commonName()),
            tls.isVerified() ? " verified" : "");
  }

  private static String xclient(XClient told) {
    return known(told.name()) + " " + known(told.protocol()) + " " + known(told.helo());
  }

  private static String xforward(XForward told) {
    return String.join(
        " ",
        known(told.name()),
        known(told.address().map(InetAddress::getHostAddress)),
        known(told.port()),
        known(told.protocol()),
        known(told.helo()),
        known(told.ident()),
        known(told.isLocal().map(isLocal -> isLocal ? "local" : "remote")));
  }

  private static String known(Optional<?> value) {
    return value.map(Object::toString).orElse("-");
  }
}
