package io.simplesmtp.server;

import io.simplesmtp.Host;
import io.simplesmtp.auth.SaslMechanism;
import io.simplesmtp.internal.protocol.CommandParser;
import io.simplesmtp.internal.protocol.Replies;
import io.simplesmtp.internal.protocol.Rules;
import io.simplesmtp.internal.server.Endpoint;
import io.simplesmtp.internal.server.Gate;
import io.simplesmtp.internal.server.LocalHostname;
import io.simplesmtp.internal.server.ServerTls;
import io.simplesmtp.internal.session.AuthFailures;
import io.simplesmtp.internal.session.Authentication;
import io.simplesmtp.internal.session.ExtensionCheck;
import io.simplesmtp.internal.session.Extensions;
import io.simplesmtp.internal.session.SessionSettings;
import io.simplesmtp.internal.wire.Buffers;
import io.simplesmtp.internal.wire.Memory;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The settings that a builder collects: judges them and makes endpoints of them. */
final class ServerPlan {

  private static final System.Logger LOG = System.getLogger("io.simplesmtp.server");
  private static final int UNPINNED = 24;
  private static final int SMTP_PORT = 25;

  /** What is logged where a virtual thread that waits for a monitor keeps its carrier. */
  static final String PINNING =
      "This Java is older than 24: a handler that blocks inside synchronized stalls the server";

  final List<Listener> listeners = new ArrayList<>();
  @Nullable String hostname;
  String banner = "";
  @Nullable TlsConfig tls;
  final AuthPlan auth = new AuthPlan();
  final List<Extension> extensions = new ArrayList<>();
  final HandlerPlan answers = new HandlerPlan();
  final BoundsPlan bounds = new BoundsPlan();
  ServerEvents events = ServerEvents.NONE;

  /**
   * Makes the endpoints.
   *
   * @throws IllegalStateException naming all faults
   */
  List<Endpoint> endpoints() {
    List<String> found = new ArrayList<>();
    Optional<Host> host = host(found);
    checkBanner(host, found);
    checkParts(found);
    Limits limits = bounds.check(found);
    for (Listener listener : listeners) {
      check(listener, found);
    }
    Function<Session, SmtpHandler> handlers = answers.handlers;
    if (!found.isEmpty() || host.isEmpty() || handlers == null) {
      throw new IllegalStateException("The server cannot start: " + String.join("; ", found));
    }
    warnOfPinning();
    Function<Session, SmtpHandler> chain = HandlerPlan.chain(answers.policies, handlers);
    Gate gate = new Gate(bounds.admission);
    AuthFailures failures = new AuthFailures(bounds.admission);
    Optional<ServerTls> server = tls == null ? Optional.empty() : Optional.of(tls.server());
    Buffers buffers = new Buffers(new Memory(bounds.memory));
    List<Endpoint> endpoints = new ArrayList<>();
    for (Listener listener : listeners) {
      Limits own = listener.limits().orElse(limits);
      List<Gate> gates = new ArrayList<>(List.of(gate));
      List<AuthFailures> counts = new ArrayList<>(List.of(failures));
      if (listener.admission().isPresent()) {
        gates.add(0, new Gate(listener.admission().get()));
        counts.add(0, new AuthFailures(listener.admission().get()));
      }
      Authentication authentication = auth.on(listener, host.get().toString(), List.copyOf(counts));
      SessionSettings settings =
          settings(listener, host.get(), chain, own, authentication, buffers);
      endpoints.add(new Endpoint(listener, settings, server, List.copyOf(gates)));
    }
    return endpoints;
  }

  private void checkParts(List<String> found) {
    auth.check(found);
    if (auth.certificates != null && (tls == null || !tls.server().isAskingClients())) {
      found.add("certificates: tls asks clients for none");
    }
    found.addAll(ExtensionCheck.faults(extensions));
    answers.check(found);
    if (listeners.isEmpty()) {
      found.add("listen: no listener was given");
    }
    if (listeners.stream().filter(l -> l.address().equals(Listener.INHERITED)).count() > 1) {
      found.add("listen: there is one inherited socket, and it is given twice");
    }
  }

  private Optional<Host> host(List<String> found) {
    try {
      Host host = Host.parse(hostname == null ? LocalHostname.find() : hostname);
      Replies.greeting(host.toString(), "ESMTP", List.of(""));
      return Optional.of(host);
    } catch (IllegalArgumentException e) {
      found.add("hostname: " + e.getMessage());
      return Optional.empty();
    }
  }

  private void checkBanner(Optional<Host> host, List<String> found) {
    try {
      Replies.greeting(host.map(Host::toString).orElse(""), "ESMTP", List.of(banner));
    } catch (IllegalArgumentException e) {
      found.add("banner: " + e.getMessage());
    }
  }

  private void check(Listener listener, List<String> found) {
    String name = "listener " + listener.address();
    checkAddress(listener, name, found);
    boolean needsTls = listener.tls() == Tls.REQUIRED || listener.tls() == Tls.IMPLICIT;
    if (needsTls && tls == null) {
      found.add(name + ": needs TLS, but tls was not given");
    }
    if (listener.address() instanceof UnixDomainSocketAddress
        && !listener.trust().equals(Trust.NOBODY)) {
      found.add(name + ": trusts networks, but its clients have no address");
    }
    if (listener.auth() == Auth.REQUIRED) {
      checkAuth(listener, name, found);
    }
  }

  private void checkAuth(Listener listener, String name, List<String> found) {
    if (!auth.isComplete()) {
      found.add(name + ": requires AUTH, but no check of credentials or no mechanism was given");
    }
    boolean canEncrypt = tls != null && listener.tls() != Tls.NONE;
    if (!canEncrypt && !listener.isAuthWithoutTls()) {
      found.add(name + ": requires AUTH, which is not offered without TLS");
    }
    if (auth.isAnonymousOffered()) {
      found.add(name + ": requires AUTH, but ANONYMOUS lets anybody in");
    }
  }

  private static void checkAddress(Listener listener, String name, List<String> found) {
    SocketAddress address = listener.address();
    if (address instanceof InetSocketAddress inet) {
      if (inet.isUnresolved()) {
        found.add(name + ": the host is not known");
      } else if (inet.getPort() == SMTP_PORT && listener.protocol() == Protocol.LMTP) {
        found.add(name + ": LMTP must not be spoken on port 25 (RFC 2033 section 5)");
      }
    } else if (address instanceof UnixDomainSocketAddress unix) {
      if (unix.getPath().toString().isEmpty()) {
        found.add(name + ": a Unix-domain socket needs a path");
      }
    } else if (!address.equals(Listener.INHERITED)) {
      found.add(name + ": not an address to listen on");
    }
  }

  private SessionSettings settings(
      Listener listener,
      Host host,
      Function<Session, SmtpHandler> handlers,
      Limits limits,
      Authentication authentication,
      Buffers buffers) {
    List<String> mechanisms = new ArrayList<>();
    for (SaslMechanism mechanism : authentication.mechanisms()) {
      mechanisms.add(mechanism.name());
    }
    Rules rules =
        SessionSettings.rules(host, listener, limits, tls != null, List.copyOf(mechanisms));
    Extensions all = new Extensions(rules, extensions);
    return new SessionSettings(
        rules,
        new CommandParser(all.grammar(), listener.isLenient(), host),
        banner,
        all,
        handlers,
        authentication,
        limits,
        listener.timeouts().orElse(bounds.timeouts),
        events,
        buffers);
  }

  private static void warnOfPinning() {
    if (Runtime.version().feature() < UNPINNED) {
      LOG.log(Level.WARNING, PINNING);
    }
  }
}
