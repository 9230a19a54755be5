package io.simplesmtp.app;

import io.simplesmtp.Host;
import io.simplesmtp.server.Auth;
import io.simplesmtp.server.Listener;
import io.simplesmtp.server.SmtpServer;
import io.simplesmtp.server.Tls;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the program listens, and under which name. */
final class ListenFlags {

  static final String SMTP = "SMTP";
  static final String LMTP = "LMTP";
  static final String SUBMISSION = "submission";
  static final String SUBMISSIONS = "submissions";

  private static final int SMTP_PORT = 25;
  private static final String DEFAULT = "127.0.0.1:2525";

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT|unix:PATH|inherited",
      description = {
        "Listen here for mail; repeatable. An IPv6 address stands in brackets; port 0 takes a free"
            + " one; unix:PATH is a Unix-domain socket; inherited is the one that standard input is,"
            + " as systemd gives it.",
        "Default: 127.0.0.1:2525, unless one of the next three is given."
      })
  List<SocketAddress> plain = new ArrayList<>();

  @Option(
      names = "--lmtp",
      paramLabel = "HOST:PORT|unix:PATH|inherited",
      description = "Listen here for mail over LMTP, from a mail server nearby; repeatable.")
  List<SocketAddress> lmtp = new ArrayList<>();

  @Option(
      names = "--submission",
      paramLabel = "HOST:PORT|unix:PATH|inherited",
      description = "Listen here for submission: STARTTLS and AUTH are required; repeatable.")
  List<SocketAddress> submission = new ArrayList<>();

  @Option(
      names = "--submissions",
      paramLabel = "HOST:PORT|unix:PATH|inherited",
      description =
          "Listen here for submission under TLS from the first octet; AUTH is required;"
              + " repeatable.")
  List<SocketAddress> submissions = new ArrayList<>();

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

  /** Says what is wrong with the flags. */
  void check() {
    if (addresses().filter(Listener.INHERITED::equals).count() > 1) {
      throw ProgramException.usage("'inherited' is one socket: it is given once");
    }
    if (lmtp.stream().anyMatch(a -> a instanceof InetSocketAddress i && i.getPort() == SMTP_PORT)) {
      throw ProgramException.usage("--lmtp takes no port 25, which is SMTP's (RFC 2033 section 5)");
    }
  }

  /** Whether clients may come from the network, not from this machine's file system alone. */
  boolean hasNetwork() {
    return !addresses().allMatch(UnixDomainSocketAddress.class::isInstance);
  }

  /** What each listener is for, in the order of the help. */
  List<String> kinds() {
    List<String> kinds = new ArrayList<>();
    kinds.addAll(Collections.nCopies(plain().size(), SMTP));
    kinds.addAll(Collections.nCopies(lmtp.size(), LMTP));
    kinds.addAll(Collections.nCopies(submission.size(), SUBMISSION));
    kinds.addAll(Collections.nCopies(submissions.size(), SUBMISSIONS));
    return kinds;
  }

  /** The listeners of the flags, in the same order. */
  List<Listener> listeners(boolean hasAuth, boolean isAuthWithoutTls, boolean hasTls) {
    List<Listener> listeners = new ArrayList<>();
    Auth offered = hasAuth ? Auth.OFFERED : Auth.NONE;
    plain().forEach(address -> listeners.add(Listener.smtp(address).withAuth(offered)));
    lmtp.forEach(address -> listeners.add(Listener.lmtp(address).withAuth(offered)));
    for (SocketAddress address : submission) {
      Listener listener = Listener.submission(address);
      listeners.add(hasTls ? listener : listener.withTls(Tls.NONE));
    }
    submissions.forEach(address -> listeners.add(Listener.submissions(address)));
    return listeners.stream().map(l -> l.withAuthWithoutTls(isAuthWithoutTls)).toList();
  }

  private Stream<SocketAddress> addresses() {
    return Stream.of(plain(), lmtp, submission, submissions).flatMap(List::stream);
  }

  private List<SocketAddress> plain() {
    if (!plain.isEmpty() || !lmtp.isEmpty() || hasSubmission()) {
      return plain;
    }
    return List.of(Converters.address(DEFAULT));
  }
}
