package io.simplesmtp.internal.session;

import io.simplesmtp.Envelope;
import io.simplesmtp.Reply;
import io.simplesmtp.internal.protocol.Command;
import io.simplesmtp.internal.protocol.Verb;
import io.simplesmtp.server.CloseCause;
import io.simplesmtp.server.ServerEvents;
import io.simplesmtp.server.Session;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;

/**
 * Tells the server's events and the log what happens in one session. Secrets are masked here and
 * nowhere else: the arguments of AUTH, also where it is misspelt, the responses of an exchange, and
 * lines that make no sense after an AUTH that went wrong, because a client may go on with its
 * password regardless.
 */
final class Observation {

  /** A logger for the dialogue of all sessions, at debug level. */
  private static final System.Logger DIALOGUE = System.getLogger("io.simplesmtp.dialogue");

  private static final System.Logger FAULTS = System.getLogger("io.simplesmtp.server");
  private static final ServerEvents NOBODY = new ServerEvents() {};
  private static final String MASK = "***";
  private static final String AUTH = "AUTH";

  private final ServerEvents events;
  private final boolean isRead;
  private final boolean isLogged;
  private boolean isSuspicious;

  Observation(ServerEvents events) {
    this.events = events;
    this.isLogged = DIALOGUE.isLoggable(Level.DEBUG);
    this.isRead = isLogged || events.getClass() != NOBODY.getClass();
  }

  void connected(Session session) {
    if (isLogged) {
      DIALOGUE.log(
          Level.DEBUG,
          "{0} connected from {1}",
          session.id(),
          session.connection().client().getAddress().getHostAddress());
    }
    tell(session, () -> events.connected(session));
  }

  void command(Session session, Command command, byte[] line, int from, int to) {
    if (isRead) {
      text(session, masked(command, line, from, to));
    }
    Verb verb = command.verb();
    isSuspicious = verb == Verb.AUTH || (verb == Verb.UNKNOWN && isSuspicious);
  }

  void tooLong(Session session) {
    if (isRead) {
      text(session, "(line too long)");
    }
  }

  void secret(Session session) {
    if (isRead) {
      text(session, MASK);
    }
  }

  void challenge(Session session) {
    if (isLogged) {
      DIALOGUE.log(Level.DEBUG, "{0} S: 334 (challenge)", session.id());
    }
  }

  void reply(Session session, Reply reply) {
    if (isLogged) {
      DIALOGUE.log(Level.DEBUG, "{0} S: {1}", session.id(), reply);
    }
    if (isRead) {
      tell(session, () -> events.reply(session, reply));
    }
  }

  void message(Session session, Envelope envelope, long octets, Reply reply) {
    if (reply.isPositive()) {
      tell(session, () -> events.accepted(session, envelope, octets, reply));
    } else {
      tell(session, () -> events.refused(session, envelope, reply));
    }
  }

  void closed(Session session, CloseCause cause) {
    if (isLogged) {
      DIALOGUE.log(Level.DEBUG, "{0} closed: {1}", session.id(), cause);
    }
    tell(session, () -> events.closed(session, cause));
  }

  /** Something of the application's or ours threw what it should not have. */
  static void fault(Session session, String where, Throwable fault) {
    FAULTS.log(Level.ERROR, "Session " + session.id() + ": fault in " + where, fault);
  }

  private void text(Session session, String line) {
    if (isLogged) {
      DIALOGUE.log(Level.DEBUG, "{0} C: {1}", session.id(), line);
    }
    tell(session, () -> events.command(session, line));
  }

  private String masked(Command command, byte[] line, int from, int to) {
    return switch (command) {
      case Command.Auth auth ->
          "AUTH " + auth.mechanism() + (auth.initialResponse().isPresent() ? " " + MASK : "");
      case Command.Malformed malformed when malformed.verb() == Verb.AUTH -> "AUTH " + MASK;
      case Command.Unknown unknown when isSuspicious || hasAuth(line, from, to) -> MASK;
      default -> Printable.of(line, from, to);
    };
  }

  /** Whether the first letters of a line are AUTH, whatever stands around them. */
  private static boolean hasAuth(byte[] line, int from, int to) {
    int at = from;
    while (at < to && !Character.isLetter(line[at])) {
      at++;
    }
    return to - at >= AUTH.length()
        && new String(line, at, AUTH.length(), StandardCharsets.ISO_8859_1).equalsIgnoreCase(AUTH);
  }

  private static void tell(Session session, Runnable event) {
    try {
      event.run();
    } catch (RuntimeException | Error e) {
      fault(session, "the server's events", e);
    }
  }
}
