package io.simplesmtp.app;

import io.simplesmtp.Host;
import io.simplesmtp.server.SmtpServer;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;

/**
 * What a server prints at its start: where it listens, and how to send it a first message.
 *
 * @param domains for which mail is taken; empty for all
 */
record Welcome(ServerFlags flags, List<Host> domains) {

  /** Prints; the listeners are those of the flags. */
  void print(PrintStream out, SmtpServer server) {
    List<SocketAddress> addresses = server.addresses();
    int submissions = addresses.size() - flags.listen.submissions.size();
    int submission = submissions - flags.listen.submission.size();
    for (int i = 0; i < addresses.size(); i++) {
      String kind = i < submission ? "SMTP" : i < submissions ? "submission" : "submissions";
      out.println("Listening on " + text(addresses.get(i)) + " (" + kind + ")");
    }
    boolean isPlain = submission > 0;
    boolean isImplicit = submission == 0 && submissions == 0;
    out.println("Send a first message:");
    out.println(
        "  printf 'Subject: Hello\\r\\n\\r\\nHello, world\\r\\n' | curl -sS -T - "
            + (isImplicit ? "smtps://" : "smtp://")
            + text(reachable(addresses.get(0)))
            + (isPlain ? "" : " -u USER:PASSWORD" + (flags.tls.isOff ? "" : " --ssl-reqd -k"))
            + " --mail-from me@example.org --mail-rcpt you@"
            + domain());
  }

  /** As the flags write it: {@code HOST:PORT}, or {@code unix:PATH}. */
  static String text(SocketAddress address) {
    if (!(address instanceof InetSocketAddress inet)) {
      return "unix:" + address;
    }
    String host = inet.getAddress().getHostAddress();
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + inet.getPort();
  }

  private String domain() {
    return domains.isEmpty() ? "example.org" : domains.get(0).toString();
  }

  private static SocketAddress reachable(SocketAddress address) {
    return address instanceof InetSocketAddress inet && inet.getAddress().isAnyLocalAddress()
        ? new InetSocketAddress(InetAddress.getLoopbackAddress(), inet.getPort())
        : address;
  }
}
