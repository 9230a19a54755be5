package io.simplesmtp.app;

import io.simplesmtp.Host;
import io.simplesmtp.server.Auth;
import io.simplesmtp.server.Listener;
import io.simplesmtp.server.SmtpServer;
import io.simplesmtp.server.Tls;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the program listens, and under which name. */
final class ListenFlags {

  private static final String DEFAULT = "127.0.0.1:2525";

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      description = {
        "Listen here for mail; repeatable. An IPv6 address stands in brackets; port 0 takes a free"
            + " one.",
        "Default: 127.0.0.1:2525, unless --submission or --submissions is given."
      })
  List<InetSocketAddress> plain = new ArrayList<>();

  @Option(
      names = "--submission",
      paramLabel = "HOST:PORT",
      description = "Listen here for submission: STARTTLS and AUTH are required; repeatable.")
  List<InetSocketAddress> submission = new ArrayList<>();

  @Option(
      names = "--submissions",
      paramLabel = "HOST:PORT",
      description =
          "Listen here for submission under TLS from the first octet; AUTH is required;"
              + " repeatable.")
  List<InetSocketAddress> submissions = new ArrayList<>();

  @Option(
      names = "--hostname",
      paramLabel = "NAME",
      description = "The name in greetings and in Received fields. Default: this machine's.")
  @Nullable Host hostname;

  @Option(
      names = "--banner",
      paramLabel = "TEXT",
      converter = Converters.Banner.class,
      description = "What the greeting says after '220 NAME ESMTP'.")
  String banner = "";

  Host host() {
    return hostname == null ? Host.parse(SmtpServer.localHostname()) : hostname;
  }

  boolean hasSubmission() {
    return !submission.isEmpty() || !submissions.isEmpty();
  }

  /** The listeners of the flags, in the order of the help. */
  List<Listener> listeners(boolean hasAuth, boolean isAuthWithoutTls, boolean hasTls) {
    List<Listener> listeners = new ArrayList<>();
    for (InetSocketAddress address : plain()) {
      listeners.add(Listener.smtp(address).withAuth(hasAuth ? Auth.OFFERED : Auth.NONE));
    }
    for (InetSocketAddress address : submission) {
      Listener listener = Listener.submission(address);
      listeners.add(hasTls ? listener : listener.withTls(Tls.NONE));
    }
    submissions.forEach(address -> listeners.add(Listener.submissions(address)));
    return listeners.stream().map(l -> l.withAuthWithoutTls(isAuthWithoutTls)).toList();
  }

  private List<InetSocketAddress> plain() {
    if (!plain.isEmpty() || hasSubmission()) {
      return plain;
    }
    return List.of(Converters.address(DEFAULT));
  }
}
