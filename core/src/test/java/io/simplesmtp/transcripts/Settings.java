package io.simplesmtp.transcripts;

import io.simplesmtp.Host;
import io.simplesmtp.auth.KnownWords;
import io.simplesmtp.auth.SaslMechanism;
import io.simplesmtp.internal.protocol.CommandParser;
import io.simplesmtp.internal.protocol.Rules;
import io.simplesmtp.internal.session.AuthFailures;
import io.simplesmtp.internal.session.Authentication;
import io.simplesmtp.internal.session.CredentialChecks;
import io.simplesmtp.internal.session.Extensions;
import io.simplesmtp.internal.session.SessionSettings;
import io.simplesmtp.internal.wire.Buffers;
import io.simplesmtp.internal.wire.Memory;
import io.simplesmtp.server.Admission;
import io.simplesmtp.server.Auth;
import io.simplesmtp.server.Extension;
import io.simplesmtp.server.Limits;
import io.simplesmtp.server.LineEndings;
import io.simplesmtp.server.Listener;
import io.simplesmtp.server.Network;
import io.simplesmtp.server.Protocol;
import io.simplesmtp.server.SmtpHandler;
import io.simplesmtp.server.SmtpPolicy;
import io.simplesmtp.server.SmtpServer;
import io.simplesmtp.server.Timeouts;
import io.simplesmtp.server.Tls;
import io.simplesmtp.server.TlsConfig;
import io.simplesmtp.server.WatchedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The server of a transcript, from its {@code server:} lines. */
final class Settings {

  static final String HOSTNAME = "mx.test";

  private Listener listener =
      Listener.smtp(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
          .withTls(Tls.NONE)
          .withAuth(Auth.NONE);
  private Limits limits = Limits.DEFAULT;
  private Timeouts timeouts = Timeouts.DEFAULT;
  private long most = Long.MAX_VALUE;
  private Memory memory = new Memory(most);
  private final List<Extension> extensions = new ArrayList<>();
  private final List<SmtpPolicy> policies = new ArrayList<>();
  private String banner = "";
  private List<String> mechanisms = List.of("PLAIN", "LOGIN");

  /** No transcript waits for the reply to a failed AUTH. */
  private Admission admission = Admission.DEFAULT.withAuthFailureDelay(Duration.ZERO);

  /** Takes one setting: its name and, behind a space, its value. */
  void set(String setting) {
    int space = setting.indexOf(' ');
    String name = space < 0 ? setting : setting.substring(0, space);
    String value = space < 0 ? "" : setting.substring(space + 1);
    switch (name) {
      case "protocol" ->
          listener = listener.withProtocol(Protocol.valueOf(value.toUpperCase(Locale.ROOT)));
      case "banner" -> banner = value;
      case "tls" -> listener = listener.withTls(Tls.valueOf(value.toUpperCase(Locale.ROOT)));
      case "auth" -> listener = listener.withAuth(Auth.valueOf(value.toUpperCase(Locale.ROOT)));
      case "auth-without-tls" -> listener = listener.withAuthWithoutTls(true);
      case "mechanisms" -> mechanisms = List.of(value.split(" ", -1));
      case "max-auth-failures-per-client" ->
          admission = admission.withAuthFailuresPerClient(Integer.parseInt(value));
      case "policy" -> policies.add(Policies.parse(value));
      case "lenient" -> listener = listener.withLenient(true);
      case "line-endings" ->
          limits = limits.withLineEndings(LineEndings.valueOf(value.toUpperCase(Locale.ROOT)));
      case "extension" -> extensions.add(extension(value));
      case "max-domains" -> limits = limits.withRecipientDomains(Integer.parseInt(value));
      case "max-recipients" -> limits = limits.withRecipients(Integer.parseInt(value));
      case "max-size" -> limits = limits.withMessageSize(Long.parseLong(value));
      case "max-header" -> limits = limits.withHeaderSize(Long.parseLong(value));
      case "max-text-line" -> limits = limits.withTextLine(Integer.parseInt(value));
      case "max-command-line" -> limits = limits.withCommandLine(Integer.parseInt(value));
      case "max-errors" -> limits = limits.withErrors(Integer.parseInt(value));
      case "max-commands" -> limits = limits.withCommandsWithoutMail(Integer.parseInt(value));
      case "max-auth-failures" -> limits = limits.withAuthFailures(Integer.parseInt(value));
      case "max-messages" -> limits = limits.withMessages(Integer.parseInt(value));
      case "proxies" ->
          listener = listener.withTrust(listener.trust().withProxies(networks(value)));
      case "xclients" ->
          listener = listener.withTrust(listener.trust().withXclients(networks(value)));
      case "xforwards" ->
          listener = listener.withTrust(listener.trust().withXforwards(networks(value)));
      case "memory" -> {
        most = Long.parseLong(value);
        memory = new Memory(most);
      }
      case "greeting-delay" -> timeouts = timeouts.withGreetingDelay(millis(value));
      case "error-delay" -> timeouts = timeouts.withErrorDelay(millis(value));
      case "idle" -> timeouts = timeouts.withIdle(millis(value));
      case "command" -> timeouts = timeouts.withCommand(millis(value));
      case "data-block" -> timeouts = timeouts.withDataBlock(millis(value));
      default -> throw new IllegalArgumentException("No such setting: " + setting);
    }
  }

  Listener listener() {
    return listener;
  }

  /** What a conversation in memory needs, made as a server makes it. */
  SessionSettings forSession(Application application) {
    List<SaslMechanism> offered =
        listener.auth() == Auth.NONE
            ? List.of()
            : mechanisms.stream().map(KnownWords::mechanism).toList();
    Host host = Host.parse(HOSTNAME);
    Rules rules =
        SessionSettings.rules(
            host, listener, limits, true, offered.stream().map(SaslMechanism::name).toList());
    Extensions all = new Extensions(rules, extensions);
    return new SessionSettings(
        rules,
        new CommandParser(all.grammar(), listener.isLenient(), host),
        banner,
        all,
        session -> guarded(application),
        new Authentication(
            HOSTNAME,
            offered,
            application.checks(),
            listener.isAuthWithoutTls(),
            List.of(new AuthFailures(admission))),
        limits,
        timeouts,
        application.events(),
        new Buffers(memory));
  }

  /** What the sessions in memory hold. */
  Memory memory() {
    return memory;
  }

  /** Starts a server on the loopback. */
  WatchedServer start(Application application, Supplier<TlsConfig> tls) throws IOException {
    SmtpServer.Builder builder =
        SmtpServer.builder()
            .hostname(HOSTNAME)
            .banner(banner)
            .listen(listener)
            .limits(limits)
            .memory(most)
            .timeouts(timeouts)
            .admission(admission)
            .extensions(extensions.toArray(new Extension[0]))
            .mechanisms(mechanisms.toArray(new String[0]))
            .mechanism(KnownWords.mechanisms().toArray(new SaslMechanism[0]))
            .events(application.events())
            .policies(policies.toArray(new SmtpPolicy[0]))
            .handler(application);
    CredentialChecks checks = application.checks();
    builder
        .passwords(checks.passwords().orElseThrow())
        .scram(checks.scram().orElseThrow())
        .secrets(checks.secrets().orElseThrow())
        .tokens(checks.tokens().orElseThrow())
        .anonymous(checks.anonymous().orElseThrow());
    if (listener.tls() != Tls.NONE) {
      builder.tls(tls.get());
    }
    return new WatchedServer(builder);
  }

  /** The keyword of a service extension, and what stands behind it in the answer to EHLO. */
  private static Extension extension(String value) {
    String[] words = value.split(" ", -1);
    boolean isBare = words.length == 1;
    return switch (words[0]) {
      case "BINARYMIME" -> Extension.binaryMime();
      case "PRDR" -> Extension.prdr();
      case "DSN" -> Extension.dsn();
      case "REQUIRETLS" -> Extension.requireTls();
      case "MT-PRIORITY" -> isBare ? Extension.mtPriority() : Extension.mtPriority(words[1]);
      case "FUTURERELEASE" -> Extension.futureRelease(seconds(words[1]));
      case "DELIVERBY" -> isBare ? Extension.deliverBy() : Extension.deliverBy(seconds(words[1]));
      default -> throw new IllegalArgumentException("No such extension: " + value);
    };
  }

  private static Duration seconds(String value) {
    return Duration.ofSeconds(Integer.parseInt(value));
  }

  private static Network[] networks(String value) {
    return Stream.of(value.split(" ", -1)).map(Network::parse).toArray(Network[]::new);
  }

  private SmtpHandler guarded(SmtpHandler handler) {
    SmtpHandler guarded = handler;
    for (SmtpPolicy policy : policies.reversed()) {
      guarded = policy.before(guarded);
    }
    return guarded;
  }

  private static Duration millis(String value) {
    if (!value.endsWith("ms")) {
      throw new IllegalArgumentException("A duration ends in ms: " + value);
    }
    return Duration.ofMillis(Long.parseLong(value.substring(0, value.length() - 2)));
  }
}
