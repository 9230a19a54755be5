package io.simplesmtp.app;

import io.simplesmtp.server.Listener;
import io.simplesmtp.server.Network;
import io.simplesmtp.server.Trust;
import java.net.UnixDomainSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** Which hosts are believed when they speak for others. */
final class TrustFlags {

  @Option(
      names = "--proxy-protocol",
      paramLabel = "CIDR",
      description =
          "Take the client's address from the PROXY header, version 1 or 2, with which each"
              + " connection from this network must begin; repeatable.")
  List<Network> proxies = new ArrayList<>();

  @Option(
      names = "--xclient",
      paramLabel = "CIDR",
      description =
          "Let clients in this network say by XCLIENT and XFORWARD for whom they speak; repeatable."
              + " They can claim any address, and any user without a password.")
  List<Network> xclients = new ArrayList<>();

  /** The listener with this trust; clients of Unix-domain sockets have no address to be judged. */
  Listener on(Listener listener) {
    return listener.address() instanceof UnixDomainSocketAddress
        ? listener
        : listener.withTrust(trust());
  }

  Trust trust() {
    Set<Network> speakers = Set.copyOf(xclients);
    return new Trust(Set.copyOf(proxies), speakers, speakers);
  }

  void check(ListenFlags listen) {
    if (!(proxies.isEmpty() && xclients.isEmpty()) && !listen.hasNetwork()) {
      throw ProgramException.usage(
          "--proxy-protocol and --xclient need a listener with HOST:PORT, as clients of unix:PATH"
              + " have no address");
    }
  }
}
