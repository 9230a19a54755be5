package io.simplesmtp.internal.session;

import io.simplesmtp.Hello;
import io.simplesmtp.server.CloseCause;
import io.simplesmtp.server.Session;
import io.simplesmtp.server.TlsInfo;
import java.net.InetAddress;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import org.jspecify.annotations.Nullable;

/** A session, from before its greeting to its end; who it was is what was known at the end. */
@Name("io.simplesmtp.Session")
@Label("SMTP Session")
@Description("A session, from before its greeting to its end")
final class SessionEvent extends SmtpEvent {

  private static final SessionEvent PROBE = new SessionEvent();

  @Label("Client Address")
  String client = "";

  @Label("Hello Name")
  String hello = "";

  @Label("TLS Protocol")
  String tls = "";

  @Label("Is Authenticated")
  boolean authenticated;

  @Label("End")
  @Description("Why it ended")
  String cause = "";

  private SessionEvent() {}

  static @Nullable SessionEvent begun() {
    if (!PROBE.isEnabled()) {
      return null;
    }
    SessionEvent event = new SessionEvent();
    event.begin();
    return event;
  }

  void end(Session session, CloseCause why) {
    client = session.connection().clientAddress().map(InetAddress::getHostAddress).orElse("local");
    hello = session.hello().map(Hello::name).orElse("");
    tls = session.tls().map(TlsInfo::protocol).orElse("");
    authenticated = session.isAuthenticated();
    cause = why.name();
    commit(session.id());
  }
}
