package io.simplesmtp.server;

import io.simplesmtp.Host;
import io.simplesmtp.Reply;
import io.simplesmtp.auth.Login;
import io.simplesmtp.auth.Plain;
import io.simplesmtp.auth.SaslMechanism;
import io.simplesmtp.internal.protocol.CommandParser;
import io.simplesmtp.internal.protocol.Replies;
import io.simplesmtp.internal.protocol.Rules;
import io.simplesmtp.internal.server.Endpoint;
import io.simplesmtp.internal.server.Gate;
import io.simplesmtp.internal.server.LocalHostname;
import io.simplesmtp.internal.session.SessionSettings;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The settings that a builder collects: judges them and makes endpoints of them. */
final class ServerPlan {

  private static final System.Logger LOG = System.getLogger("io.simplesmtp.server");
  private static final int UNPINNED = 24;

  final List<Listener> listeners = new ArrayList<>();
  final List<String> faults = new ArrayList<>();
  @Nullable String hostname;
  String banner = "";
  @Nullable TlsConfig tls;
  @Nullable PasswordCheck passwords;
  List<SaslMechanism> mechanisms = List.of(new Plain(), new Login());
  Limits limits = Limits.DEFAULT;
  Timeouts timeouts = Timeouts.DEFAULT;
  ServerEvents events = new ServerEvents() {};
  @Nullable Function<Session, SmtpHandler> handlers;

  void maxMessageSize(long octets) {
    try {
      limits = limits.withMessageSize(octets);
    } catch (IllegalArgumentException e) {
      faults.add(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Makes the endpoints.
   *
   * @throws IllegalStateException naming all faults
   */
  List<Endpoint> endpoints() {
    List<String> found = new ArrayList<>(faults);
    Optional<Host> host = host(found);
    checkBanner(found);
    if (handlers == null) {
      found.add("handler: none was given");
    }
    if (listeners.isEmpty()) {
      found.add("listen: no listener was given");
    }
    listeners.forEach(listener -> check(listener, found));
    if (!found.isEmpty() || host.isEmpty() || handlers == null) {
      throw new IllegalStateException("The server cannot start: " + String.join("; ", found));
    }
    warnOfPinning();
    Gate gate = new Gate(limits);
    List<Endpoint> endpoints = new ArrayList<>();
    for (Listener listener : listeners) {
      endpoints.add(endpoint(listener, host.get(), handlers, gate));
    }
    return endpoints;
  }

  private Optional<Host> host(List<String> found) {
    try {
      Host host = Host.parse(hostname == null ? LocalHostname.find() : hostname);
      Replies.greeting(host.toString(), "");
      return Optional.of(host);
    } catch (IllegalArgumentException e) {
      found.add("hostname: " + e.getMessage());
      return Optional.empty();
    }
  }

  private void checkBanner(List<String> found) {
    try {
      Reply.of(220, "2.0.0", banner);
      if (banner.length() > Reply.MAX_TEXT / 2) {
        found.add("banner: over " + Reply.MAX_TEXT / 2 + " characters");
      }
    } catch (IllegalArgumentException e) {
      found.add("banner: " + e.getMessage());
    }
  }

  private void check(Listener listener, List<String> found) {
    String name = "listener " + listener.address();
    if (listener.address().isUnresolved()) {
      found.add(name + ": the host is not known");
    }
    boolean needsTls = listener.tls() == Tls.REQUIRED || listener.tls() == Tls.IMPLICIT;
    if (needsTls && tls == null) {
      found.add(name + ": needs TLS, but tls was not given");
    }
    if (listener.auth() != Auth.REQUIRED) {
      return;
    }
    if (passwords == null || mechanisms.isEmpty()) {
      found.add(name + ": requires AUTH, but passwords or mechanisms were not given");
    }
    boolean canEncrypt = tls != null && listener.tls() != Tls.NONE;
    if (!canEncrypt && !listener.isAuthWithoutTls()) {
      found.add(name + ": requires AUTH, which is not offered without TLS");
    }
  }

  private Endpoint endpoint(
      Listener listener, Host host, Function<Session, SmtpHandler> handlers, Gate gate) {
    Limits bounds = listener.limits().orElse(limits);
    PasswordCheck check = passwords;
    boolean hasAuth = check != null && listener.auth() != Auth.NONE;
    List<SaslMechanism> offered = hasAuth ? mechanisms : List.of();
    Rules rules =
        SessionSettings.rules(
            host,
            listener,
            bounds,
            tls != null,
            offered.stream().map(SaslMechanism::name).toList());
    SessionSettings settings =
        new SessionSettings(
            rules,
            new CommandParser(rules, listener.isLenient(), host),
            banner,
            handlers,
            check == null ? (session, user, password) -> Optional.empty() : check,
            offered,
            bounds,
            listener.timeouts().orElse(timeouts),
            events);
    List<Gate> gates =
        listener.limits().isPresent() ? List.of(gate, new Gate(bounds)) : List.of(gate);
    return new Endpoint(listener, settings, Optional.ofNullable(tls), gates);
  }

  private static void warnOfPinning() {
    if (Runtime.version().feature() < UNPINNED) {
      LOG.log(
          Level.WARNING,
          "This Java is older than 24: a handler that blocks inside synchronized stalls the server");
    }
  }
}
