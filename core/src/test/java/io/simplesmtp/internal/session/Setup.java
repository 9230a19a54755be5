package io.simplesmtp.internal.session;

import io.simplesmtp.Host;
import io.simplesmtp.Reply;
import io.simplesmtp.auth.SaslMechanism;
import io.simplesmtp.internal.protocol.CommandParser;
import io.simplesmtp.internal.protocol.Rules;
import io.simplesmtp.internal.wire.Buffers;
import io.simplesmtp.internal.wire.Memory;
import io.simplesmtp.server.Admission;
import io.simplesmtp.server.Extension;
import io.simplesmtp.server.Limits;
import io.simplesmtp.server.Listener;
import io.simplesmtp.server.PasswordCheck;
import io.simplesmtp.server.ServerEvents;
import io.simplesmtp.server.SmtpHandler;
import io.simplesmtp.server.Timeouts;
import io.simplesmtp.server.Tls;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The settings of sessions in memory, where ann has the password secret; STARTTLS is offered. */
final class Setup {

  private Listener listener = Listener.smtp(25).withTls(Tls.OFFERED).withAuthWithoutTls(true);
  private ServerEvents events = ServerEvents.NONE;
  private Timeouts timeouts = Timeouts.DEFAULT;
  private List<Extension> extensions = List.of();
  private SmtpHandler handler =
      (session, envelope, content) -> {
        content.transferTo(OutputStream.nullOutputStream());
        return Reply.OK;
      };
  private Optional<PasswordCheck> passwords =
      Optional.of((session, user, password) ->
          password.equals("secret") ? Optional.of(user) : Optional.empty());
  private AuthFailures failures =
      new AuthFailures(Admission.DEFAULT.withAuthFailureDelay(Duration.ZERO));

  Listener listener() {
    return listener;
  }

  Timeouts timeouts() {
    return timeouts;
  }

  Setup with(Listener value) {
    listener = value;
    return this;
  }

  Setup with(ServerEvents value) {
    events = value;
    return this;
  }

  Setup with(Timeouts value) {
    timeouts = value;
    return this;
  }

  Setup with(Extension value) {
    extensions = List.of(value);
    return this;
  }

  Setup serving(SmtpHandler value) {
    handler = value;
    return this;
  }

  Setup checking(PasswordCheck value) {
    passwords = Optional.of(value);
    return this;
  }

  Setup withoutAuth() {
    passwords = Optional.empty();
    return this;
  }

  Setup with(AuthFailures value) {
    failures = value;
    return this;
  }

  SessionSettings settings(Memory memory) {
    List<SaslMechanism> mechanisms =
        SaslMechanism.all().stream()
            .filter(mechanism -> passwords.isPresent())
            .filter(mechanism -> List.of("PLAIN", "LOGIN").contains(mechanism.name()))
            .toList();
    CredentialChecks none = CredentialChecks.NONE;
    CredentialChecks checks =
        new CredentialChecks(
            passwords,
            none.scram(),
            none.secrets(),
            none.tokens(),
            none.certificates(),
            none.anonymous());
    Host host = Host.parse("mx.test");
    List<String> names = mechanisms.stream().map(SaslMechanism::name).toList();
    Rules rules = SessionSettings.rules(host, listener, Limits.DEFAULT, true, names);
    Extensions all = new Extensions(rules, extensions);
    return new SessionSettings(
        rules,
        new CommandParser(all.grammar(), false, host),
        "",
        all,
        session -> handler,
        new Authentication("mx.test", mechanisms, checks, true, List.of(failures)),
        Limits.DEFAULT,
        timeouts,
        events,
        new Buffers(memory));
  }
}
