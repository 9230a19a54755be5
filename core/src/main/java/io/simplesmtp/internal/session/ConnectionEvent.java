package io.simplesmtp.internal.session;

import io.simplesmtp.server.ConnectionInfo;
import java.net.InetAddress;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import org.jspecify.annotations.Nullable;

/** A client's connection, from when it was let in to when its socket is closed. */
@Name("io.simplesmtp.Connection")
@Label("SMTP Connection")
@Description("A client's connection, from when it was let in to when its socket is closed")
public final class ConnectionEvent extends SmtpEvent {

  private static final ConnectionEvent PROBE = new ConnectionEvent();

  @Label("Client Address")
  String client = "";

  @Label("Server Address")
  String server = "";

  private ConnectionEvent() {}

  static @Nullable ConnectionEvent begun() {
    if (!PROBE.isEnabled()) {
      return null;
    }
    ConnectionEvent event = new ConnectionEvent();
    event.begin();
    return event;
  }

  /** The connection is over. */
  public void end(String id, ConnectionInfo info) {
    client = info.clientAddress().map(InetAddress::getHostAddress).orElse("local");
    server = info.server().toString();
    commit(id);
  }
}
