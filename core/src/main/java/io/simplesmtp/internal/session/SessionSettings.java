package io.simplesmtp.internal.session;

import io.simplesmtp.Host;
import io.simplesmtp.internal.protocol.CommandParser;
import io.simplesmtp.internal.protocol.Rules;
import io.simplesmtp.internal.wire.Buffers;
import io.simplesmtp.internal.wire.DataBounds;
import io.simplesmtp.server.Limits;
import io.simplesmtp.server.LineEndings;
import io.simplesmtp.server.Listener;
import io.simplesmtp.server.Protocol;
import io.simplesmtp.server.ServerEvents;
import io.simplesmtp.server.Session;
import io.simplesmtp.server.SmtpHandler;
import io.simplesmtp.server.Timeouts;
import io.simplesmtp.server.Tls;
import java.util.List;
import java.util.function.Function;

/**
 * All that the sessions of a listener have in common.
 *
 * @param banner the text of the greeting behind {@code 220 HOST ESMTP}; may be empty
 * @param extensions the service extensions
 * @param handlers gives each session its handler
 * @param authentication what AUTH can do
 * @param buffers shared by all sessions of the server
 */
public record SessionSettings(
    Rules rules,
    CommandParser parser,
    String banner,
    Extensions extensions,
    Function<Session, SmtpHandler> handlers,
    Authentication authentication,
    Limits limits,
    Timeouts timeouts,
    ServerEvents events,
    Buffers buffers) {

  /** Draws the rules of a listener from the settings of its server. */
  public static Rules rules(
      Host hostname, Listener listener, Limits limits, boolean hasTls, List<String> mechanisms) {
    return new Rules(
        hostname.toString(),
        listener.protocol() == Protocol.LMTP,
        new Rules.Bounds(
            limits.messageSize(),
            limits.recipients(),
            limits.recipientDomains(),
            limits.errors(),
            limits.commandsWithoutMail(),
            limits.authFailures(),
            limits.messages()),
        hasTls && (listener.tls() == Tls.OFFERED || listener.tls() == Tls.REQUIRED),
        listener.tls() == Tls.REQUIRED,
        mechanisms,
        listener.auth() == io.simplesmtp.server.Auth.REQUIRED,
        listener.isAuthWithoutTls());
  }

  DataBounds dataBounds() {
    return new DataBounds(
        limits.messageSize(),
        limits.headerSize(),
        limits.textLine(),
        limits.lineEndings() == LineEndings.STRICT);
  }
}
