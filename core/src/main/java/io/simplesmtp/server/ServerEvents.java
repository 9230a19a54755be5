package io.simplesmtp.server;

import io.simplesmtp.Envelope;
import io.simplesmtp.PerRecipient;
import io.simplesmtp.Reply;
import java.util.List;

/**
 * An observer of a server, for logs, metrics and tests. Every method does nothing unless it is
 * overridden.
 *
 * <pre>{@code
 * ServerEvents log = new ServerEvents() {
 *   @Override public void accepted(Session session, Envelope envelope, long octets, Reply reply) {
 *     System.out.println(session.id() + " " + envelope + " " + octets);
 *   }
 * };
 * }</pre>
 *
 * <p>{@link EventLog} logs what happens. The methods are called on the connection's own thread, for
 * many connections at once; a slow one slows its client. The commands between the chunks of a
 * message are told on the thread that reads its content. What they throw is logged and has no other
 * effect.
 */
public interface ServerEvents {

  /** Observes nothing. */
  ServerEvents NONE = new ServerEvents() {};

  /**
   * A client was not let in: there are too many connections, or there is too little memory. This is
   * all that is ever told of it. Called on the thread that accepts, so it must not block; behind a
   * proxy, on the connection's own.
   *
   * @param reply what it was told in the place of the greeting, but under implicit TLS, where it
   *     hears nothing
   */
  default void turnedAway(ConnectionInfo connection, Reply reply) {}

  /** A client has connected and was given a session; under implicit TLS, after the handshake. */
  default void connected(Session session) {}

  /**
   * A TLS handshake has succeeded: after STARTTLS, or under implicit TLS right after {@link
   * #connected}. What it agreed on is in {@link Session#tls}.
   */
  default void secured(Session session) {}

  /**
   * A TLS handshake has failed. Under implicit TLS this is all that is ever told of the client.
   *
   * @param session as it was before the handshake
   * @param reason for people: a line without secrets, and what is not printable is escaped
   */
  default void handshakeFailed(Session session, String reason) {}

  /** A client has authenticated; who it is stands in {@link Session#identity}. */
  default void authenticated(Session session) {}

  /**
   * AUTH has failed: 535 if the credentials were wrong, another reply if the client gave up or did
   * it wrong, or if the server could not check.
   *
   * @param mechanism the name of the SASL mechanism
   */
  default void authenticationFailed(Session session, String mechanism, Reply reply) {}

  /**
   * A command was read.
   *
   * @param line the line without its CRLF; secrets are masked, and what is not printable is escaped
   */
  default void command(Session session, String line) {}

  /** A reply was written; it may still be in the buffer of its group. */
  default void reply(Session session, Reply reply) {}

  /**
   * The handler has answered a whole message with a reply for each recipient. What comes of the
   * message as a whole is told next: it is accepted if at least one recipient is, but in SMTP
   * without {@link io.simplesmtp.Parameter#PRDR} as {@link PerRecipient#folded} says.
   */
  default void perRecipient(Session session, Envelope envelope, PerRecipient replies) {}

  /**
   * A message was accepted, for at least one of its recipients.
   *
   * @param octets the size of its content
   */
  default void accepted(Session session, Envelope envelope, long octets, Reply reply) {}

  /** The data of a transaction was refused, before or after its transfer, or never ended. */
  default void refused(Session session, Envelope envelope, Reply reply) {}

  /** The session is over. */
  default void closed(Session session, CloseCause cause) {}

  /** Tells several observers, in their order; what one of them throws keeps nothing from others. */
  static ServerEvents all(ServerEvents... each) {
    return new AllEvents(List.of(each));
  }
}
