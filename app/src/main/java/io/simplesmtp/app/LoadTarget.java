package io.simplesmtp.app;

import io.simplesmtp.app.load.Target;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The server that a load is for, as it is written on the command line.
 *
 * @param host a name, an IPv4 address, or an IPv6 address in brackets; empty with a socket
 * @param port empty for the port that the other flags make the usual one
 * @param socket a Unix-domain socket
 */
record LoadTarget(String host, OptionalInt port, Optional<Path> socket) {

  private static final String UNIX = "unix:";

  /** Reads {@code HOST[:PORT]} or {@code unix:PATH}; no name is looked up. */
  static LoadTarget parse(String text) {
    if (text.startsWith(UNIX)) {
      Path path = Converters.path(text.substring(UNIX.length()));
      return new LoadTarget("", OptionalInt.empty(), Optional.of(path));
    }
    boolean hasPort = text.matches("[^:\\[\\]]+:.*|\\[[^\\]]*\\]:.*");
    int colon = hasPort ? text.lastIndexOf(':') : text.length();
    String host = text.substring(0, colon);
    if (!host.matches("[^:\\[\\]\\s]+|\\[[0-9a-fA-F:.]+\\]")) {
      throw Converters.wrong(
          text,
          "is not HOST[:PORT], such as mx.example.org, 127.0.0.1:2525 or [::1]:2525, nor unix:PATH");
    }
    return new LoadTarget(
        host,
        hasPort
            ? OptionalInt.of(Converters.port(text, text.substring(colon + 1)))
            : OptionalInt.empty(),
        Optional.empty());
  }

  /** Looks the name up. */
  Target find(int usualPort) {
    if (socket.isPresent()) {
      SocketAddress address = UnixDomainSocketAddress.of(socket.get());
      return new Target(address, "", UNIX + socket.get());
    }
    int chosen = port.orElse(usualPort);
    try {
      SocketAddress address = new InetSocketAddress(InetAddress.getByName(host), chosen);
      return new Target(address, host.replaceAll("[\\[\\]]", ""), host + ":" + chosen);
    } catch (UnknownHostException e) {
      throw ProgramException.cannotStart("the host " + host + " is not known");
    }
  }
}
