package io.simplesmtp.internal.session;

import io.simplesmtp.AddressLiteral;
import io.simplesmtp.auth.Identity;
import io.simplesmtp.internal.protocol.Attribute;
import io.simplesmtp.internal.protocol.Attributes;
import io.simplesmtp.server.ConnectionInfo;
import io.simplesmtp.server.Session;
import io.simplesmtp.server.TlsInfo;
import io.simplesmtp.server.XClient;
import io.simplesmtp.server.XForward;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * Who may say with XCLIENT and XFORWARD that a session is another client's, and what the session is
 * after that. Attributes that are not told keep what they were told to be before.
 */
final class Attribution {

  /** The mechanism of an identity that was told and not proved. */
  private static final String XCLIENT = "XCLIENT";

  /** Stands in the place of an address that the sender does not know. */
  private static final String UNKNOWN = "unknown";

  private Attribution() {}

  static boolean mayUseXclient(Session session) {
    ConnectionInfo connection = session.connection();
    return connection.listener().trust().isXclient(connection.clientAddress());
  }

  static boolean mayUseXforward(Session session) {
    ConnectionInfo connection = session.connection();
    return connection.listener().trust().isXforward(connection.clientAddress());
  }

  /** The session of the client that is told: with its addresses and its user, not introduced. */
  static Session xclient(Session session, Attributes told) {
    ConnectionInfo before = session.connection();
    Optional<XClient> earlier = before.xclient();
    ConnectionInfo after =
        new ConnectionInfo(
            address(told, Attribute.ADDR, Attribute.PORT, before.client()),
            address(told, Attribute.DESTADDR, Attribute.DESTPORT, before.server()),
            before.listener(),
            before.proxied(),
            Optional.of(
                new XClient(
                    earlier.map(XClient::sender).orElse(before.client()),
                    told.get(Attribute.NAME, earlier.flatMap(XClient::name)),
                    told.get(Attribute.PROTO, earlier.flatMap(XClient::protocol)),
                    told.get(Attribute.HELO, earlier.flatMap(XClient::helo)))),
            Optional.empty());
    Optional<String> user =
        told.get(
            Attribute.LOGIN,
            session.identity().filter(i -> i.mechanism().equals(XCLIENT)).map(Identity::name));
    return new Session(
        session.id(),
        after,
        Optional.empty(),
        session.tls().map(Attribution::ofAnother),
        user.map(name -> new Identity(name, XCLIENT)));
  }

  /** TLS goes on, but the certificates are those of who speaks for the client. */
  private static TlsInfo ofAnother(TlsInfo tls) {
    return new TlsInfo(
        tls.protocol(), tls.cipherSuite(), tls.serverName(), tls.applicationProtocol(), List.of());
  }

  /** The session with what is told of its next message. */
  static Session xforward(Session session, Attributes told) {
    XForward before = session.connection().xforward().orElse(XForward.UNKNOWN);
    XForward after =
        new XForward(
            told.get(Attribute.NAME, before.name()),
            told.has(Attribute.ADDR)
                ? told.get(Attribute.ADDR, Optional.empty()).map(Attribution::parse)
                : before.address(),
            told.get(Attribute.PORT, before.port().map(String::valueOf)).map(Integer::valueOf),
            told.get(Attribute.PROTO, before.protocol()),
            told.get(Attribute.HELO, before.helo()),
            told.get(Attribute.IDENT, before.ident()),
            told.has(Attribute.SOURCE)
                ? told.get(Attribute.SOURCE, Optional.empty()).map("LOCAL"::equalsIgnoreCase)
                : before.isLocal());
    return with(session, Optional.of(after));
  }

  /** The session once the message is over that was told of. */
  static Session withoutXforward(Session session) {
    return session.connection().xforward().isEmpty() ? session : with(session, Optional.empty());
  }

  private static Session with(Session session, Optional<XForward> xforward) {
    ConnectionInfo before = session.connection();
    return new Session(
        session.id(),
        new ConnectionInfo(
            before.client(),
            before.server(),
            before.listener(),
            before.proxied(),
            before.xclient(),
            xforward),
        session.hello(),
        session.tls(),
        session.identity());
  }

  /** An address that is told comes with its port, or with none. */
  private static SocketAddress address(
      Attributes told, Attribute host, Attribute port, SocketAddress before) {
    if (!told.has(host) && !told.has(port)) {
      return before;
    }
    Optional<InetSocketAddress> inet =
        before instanceof InetSocketAddress i ? Optional.of(i) : Optional.empty();
    Optional<InetAddress> address =
        told.has(host)
            ? told.get(host, Optional.empty()).map(Attribution::parse)
            : inet.map(InetSocketAddress::getAddress);
    int number = told.get(port, Optional.empty()).map(Integer::valueOf).orElse(0);
    return address
        .map(a -> new InetSocketAddress(a, number))
        .orElseGet(() -> InetSocketAddress.createUnresolved(UNKNOWN, number));
  }

  /** The attribute's grammar lets nothing pass but addresses. */
  private static InetAddress parse(String address) {
    return new AddressLiteral(address).address().orElseThrow();
  }
}
