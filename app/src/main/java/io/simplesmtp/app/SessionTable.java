package io.simplesmtp.app;

import io.simplesmtp.server.Session;
import io.simplesmtp.server.SessionSnapshot;
import io.simplesmtp.server.SmtpServer;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Prints what the sessions of a server do just now, a line for each.
 *
 * @param out no client waits for it
 */
record SessionTable(SmtpServer server, PrintStream out) implements Runnable {

  @Override
  public void run() {
    List<SessionSnapshot> sessions = server.sessions();
    String time = TimeOfDay.seconds();
    out.println(time + " now sessions=" + sessions.size() + " memory=" + server.memory());
    sessions.forEach(each -> out.println(time + " open " + line(each)));
  }

  private static String line(SessionSnapshot each) {
    Session session = each.session();
    Object port =
        session.connection().server() instanceof InetSocketAddress inet ? inet.getPort() : "local";
    return "session=%s client=%s port=%s activity=%s lasting=%d age=%d"
        .formatted(
            session.id(),
            session.connection().clientAddress().map(InetAddress::getHostAddress).orElse("local"),
            port,
            each.activity(),
            each.lasting().toMillis(),
            each.age().toMillis());
  }
}
