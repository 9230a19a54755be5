package io.simplesmtp.bench;

import io.simplesmtp.Domain;
import io.simplesmtp.Host;
import io.simplesmtp.Reply;
import io.simplesmtp.internal.protocol.CommandParser;
import io.simplesmtp.internal.protocol.Rules;
import io.simplesmtp.internal.session.Authentication;
import io.simplesmtp.internal.session.Conversation;
import io.simplesmtp.internal.session.CredentialChecks;
import io.simplesmtp.internal.session.Deadline;
import io.simplesmtp.internal.session.Extensions;
import io.simplesmtp.internal.session.SessionSettings;
import io.simplesmtp.internal.wire.Buffers;
import io.simplesmtp.internal.wire.Memory;
import io.simplesmtp.server.Auth;
import io.simplesmtp.server.CloseCause;
import io.simplesmtp.server.Limits;
import io.simplesmtp.server.Listener;
import io.simplesmtp.server.ServerEvents;
import io.simplesmtp.server.SmtpHandler;
import io.simplesmtp.server.Timeouts;
import io.simplesmtp.server.Tls;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/** Sessions in memory, of a server without TLS and AUTH whose handler discards what it gets. */
final class Sessions {

  static final Listener LISTENER =
      Listener.smtp(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
          .withTls(Tls.NONE)
          .withAuth(Auth.NONE);

  private static final OutputStream NOWHERE = OutputStream.nullOutputStream();

  private static final SmtpHandler DISCARDING =
      (session, envelope, content) -> {
        content.transferTo(NOWHERE);
        return Reply.OK;
      };

  private Sessions() {}

  /** What the sessions of a server have in common. */
  static SessionSettings settings() {
    Host host = new Domain("mx.example.net");
    Rules rules = SessionSettings.rules(host, LISTENER, Limits.DEFAULT, false, List.of());
    Extensions extensions = new Extensions(rules, List.of());
    return new SessionSettings(
        rules,
        new CommandParser(extensions.grammar(), LISTENER.isLenient(), host),
        "",
        extensions,
        session -> DISCARDING,
        new Authentication(host.toString(), List.of(), CredentialChecks.NONE, false, List.of()),
        Limits.DEFAULT,
        Timeouts.DEFAULT,
        ServerEvents.NONE,
        new Buffers(new Memory(Long.MAX_VALUE)));
  }

  /**
   * Holds one session from its greeting to its QUIT.
   *
   * @throws IllegalStateException if it ends otherwise, or with other octets than it should
   */
  static long hold(SessionSettings settings, Script script) {
    Client client = new Client(script);
    Conversation conversation =
        new Conversation(
            "0123456789abcdef", client, Optional.empty(), settings, new Deadline(Timeouts.DEFAULT));
    CloseCause cause = conversation.run();
    if (cause != CloseCause.QUIT || client.writes() != script.writes()) {
      throw new IllegalStateException(
          "The session ended by " + cause + " after " + client.writes() + " writes");
    }
    return client.writes();
  }
}
