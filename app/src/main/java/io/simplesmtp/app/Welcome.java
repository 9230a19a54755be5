package io.simplesmtp.app;

import io.simplesmtp.Host;
import io.simplesmtp.server.SmtpServer;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a server prints at its start: where it listens, and how to send it a first message.
 *
 * @param domains for which mail is taken; empty for all
 */
record Welcome(ServerFlags flags, List<Host> domains) {

  /** Prints; the listeners are those of the flags. */
  void print(PrintStream out, SmtpServer server) {
    List<SocketAddress> addresses = server.addresses();
    List<String> kinds = flags.listen.kinds();
    for (int i = 0; i < addresses.size(); i++) {
      out.println("Listening on " + text(addresses.get(i)) + " (" + kinds.get(i) + ")");
    }
    IntStream.range(0, kinds.size())
        .filter(i -> !kinds.get(i).equals(ListenFlags.LMTP)) // curl does not speak it
        .limit(1)
        .forEach(i -> {
          out.println("Send a first message:");
          out.println(
              "  printf 'Subject: Hello\\r\\n\\r\\nHello, world\\r\\n' | curl -sS -T - "
                  + url(addresses.get(i), kinds.get(i))
                  + login(kinds.get(i))
                  + " --mail-from me@example.org --mail-rcpt you@"
                  + domain());
        });
  }

  /** As the flags write it: {@code HOST:PORT}, or {@code unix:PATH}. */
  static String text(SocketAddress address) {
    if (!(address instanceof InetSocketAddress inet)) {
      return "unix:" + address;
    }
    String host = inet.getAddress().getHostAddress();
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + inet.getPort();
  }

  private static String url(SocketAddress address, String kind) {
    String scheme = kind.equals(ListenFlags.SUBMISSIONS) ? "smtps://" : "smtp://";
    return address instanceof InetSocketAddress inet
        ? scheme + text(reachable(inet))
        : "--unix-socket " + address + " " + scheme + "localhost";
  }

  private String login(String kind) {
    if (kind.equals(ListenFlags.SMTP)) {
      return "";
    }
    return " -u USER:PASSWORD" + (flags.tls.isOff ? "" : " --ssl-reqd -k");
  }

  private String domain() {
    return domains.isEmpty() ? "example.org" : domains.get(0).toString();
  }

  private static SocketAddress reachable(InetSocketAddress address) {
    return address.getAddress().isAnyLocalAddress()
        ? new InetSocketAddress(InetAddress.getLoopbackAddress(), address.getPort())
        : address;
  }
}
