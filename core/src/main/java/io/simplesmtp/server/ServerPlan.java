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
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The settings that a builder collects: judges them and makes endpoints of them. */
final class ServerPlan {

  private static final System.Logger LOG = System.getLogger("io.simplesmtp.server");
  private static final int UNPINNED = 24;

  /** What is logged where a virtual thread that waits for a monitor keeps its carrier. */
  static final String PINNING =
      "This Java is older than 24: a handler that blocks inside synchronized stalls the server";

  private static final Pattern MECHANISM = Pattern.compile("[A-Z0-9_-]{1,20}");

  final List<Listener> listeners = new ArrayList<>();
  @Nullable String hostname;
  String banner = "";
  @Nullable TlsConfig tls;
  @Nullable PasswordCheck passwords;
  List<SaslMechanism> mechanisms = List.of(new Plain(), new Login());
  Limits limits = Limits.DEFAULT;
  OptionalLong maxMessageSize = OptionalLong.empty();
  Timeouts timeouts = Timeouts.DEFAULT;
  ServerEvents events = ServerEvents.NONE;
  @Nullable Function<Session, SmtpHandler> handlers;

  /**
   * Makes the endpoints.
   *
   * @throws IllegalStateException naming all faults
   */
  List<Endpoint> endpoints() {
    List<String> found = new ArrayList<>();
    Optional<Host> host = host(found);
    checkBanner(host, found);
    checkMechanisms(found);
    Limits bounds = limits(found);
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
    Gate gate = new Gate(bounds);
    List<Endpoint> endpoints = new ArrayList<>();
    for (Listener listener : listeners) {
      Limits own = listener.limits().orElse(bounds);
      List<Gate> gates =
          listener.limits().isPresent() ? List.of(new Gate(own), gate) : List.of(gate);
      SessionSettings settings = settings(listener, host.get(), handlers, own);
      endpoints.add(new Endpoint(listener, settings, Optional.ofNullable(tls), gates));
    }
    return endpoints;
  }

  private Limits limits(List<String> found) {
    try {
      return maxMessageSize.isPresent()
          ? limits.withMessageSize(maxMessageSize.getAsLong())
          : limits;
    } catch (IllegalArgumentException e) {
      found.add("maxMessageSize: " + e.getMessage());
      return limits;
    }
  }

  private Optional<Host> host(List<String> found) {
    try {
      Host host = Host.parse(hostname == null ? LocalHostname.find() : hostname);
      Replies.greeting(host.toString(), List.of(""));
      return Optional.of(host);
    } catch (IllegalArgumentException e) {
      found.add("hostname: " + e.getMessage());
      return Optional.empty();
    }
  }

  private void checkBanner(Optional<Host> host, List<String> found) {
    try {
      Replies.greeting(host.map(Host::toString).orElse(""), List.of(banner));
    } catch (IllegalArgumentException e) {
      found.add("banner: " + e.getMessage());
    }
  }

  /** Names are what RFC 4422 section 3.1 allows, and all of them fit on the line of EHLO. */
  private void checkMechanisms(List<String> found) {
    List<String> names = mechanisms.stream().map(SaslMechanism::name).toList();
    names.stream()
        .filter(name -> !MECHANISM.matcher(name).matches())
        .forEach(name -> found.add("mechanisms: not the name of one: " + name));
    if (Set.copyOf(names).size() < names.size()) {
      found.add("mechanisms: one is given twice");
    }
    if (String.join(" ", names).length() > Reply.MAX_TEXT / 2) {
      found.add("mechanisms: too many for one line");
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

  private SessionSettings settings(
      Listener listener, Host host, Function<Session, SmtpHandler> handlers, Limits bounds) {
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
    return new SessionSettings(
        rules,
        new CommandParser(rules, listener.isLenient(), host),
        banner,
        handlers,
        check == null ? (session, user, password) -> Optional.empty() : check,
        offered,
        bounds,
        listener.timeouts().orElse(timeouts),
        events);
  }

  private static void warnOfPinning() {
    if (Runtime.version().feature() < UNPINNED) {
      LOG.log(Level.WARNING, PINNING);
    }
  }
}
