package io.simplesmtp.internal.session;

import io.simplesmtp.DataReply;
import io.simplesmtp.Envelope;
import io.simplesmtp.PerRecipient;
import io.simplesmtp.Reply;
import io.simplesmtp.internal.protocol.Command;
import io.simplesmtp.server.CloseCause;
import io.simplesmtp.server.ConnectionInfo;
import io.simplesmtp.server.ServerEvents;
import io.simplesmtp.server.Session;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Tells the server's events and the log what happens in one session. What they throw is logged, and
 * an interrupt that they leave behind is taken away, as it would close the channel.
 */
public final class Observation {

  /** A logger for the dialogue of all sessions, at debug level. */
  private static final System.Logger DIALOGUE = System.getLogger("io.simplesmtp.dialogue");

  private static final System.Logger FAULTS = System.getLogger("io.simplesmtp.server");

  /** A client may know how to cause a fault; each is a long text. */
  private static final LogLimit FAULT_LIMIT = new LogLimit(1000, 10, System.nanoTime());

  private final ServerEvents events;
  private final Mask mask;
  private final boolean isRead;
  private final boolean isLogged;

  Observation(ServerEvents events, Mask mask) {
    this.events = events;
    this.mask = mask;
    this.isLogged = DIALOGUE.isLoggable(Level.DEBUG);
    this.isRead = isLogged || !events.equals(ServerEvents.NONE);
  }

  /** Whether somebody is told of commands and replies. */
  boolean isRead() {
    return isRead;
  }

  void connected(Session session) {
    if (isLogged) {
      DIALOGUE.log(
          Level.DEBUG,
          "{0} connected from {1}",
          session.id(),
          session
              .connection()
              .clientAddress()
              .map(InetAddress::getHostAddress)
              .orElse("a local socket"));
    }
    tell(session, () -> events.connected(session));
  }

  void secured(Session session) {
    if (isLogged) {
      DIALOGUE.log(Level.DEBUG, "{0} secured: {1}", session.id(), session.tls().orElseThrow());
    }
    tell(session, () -> events.secured(session));
  }

  void handshakeFailed(Session session, IOException fault) {
    handshakeFailed(events, session, fault);
  }

  /** Tells of a client that was not let in. */
  public static void turnedAway(ServerEvents events, ConnectionInfo connection, Reply reply) {
    tell("turned away", () -> events.turnedAway(connection, reply));
  }

  /** Tells of a handshake that failed, perhaps before there was anything to be observed. */
  public static void handshakeFailed(ServerEvents events, Session session, IOException fault) {
    String said =
        fault.getMessage() == null ? fault.getClass().getSimpleName() : fault.getMessage();
    byte[] words = said.getBytes(StandardCharsets.UTF_8);
    String reason = Printable.of(words, 0, words.length);
    if (DIALOGUE.isLoggable(Level.DEBUG)) {
      DIALOGUE.log(Level.DEBUG, "{0} TLS handshake failed: {1}", session.id(), reason);
    }
    tell(session, () -> events.handshakeFailed(session, reason));
  }

  /** Tells how AUTH ended. */
  void authentication(Session session, String mechanism, Reply reply) {
    if (reply.isPositive()) {
      tell(session, () -> events.authenticated(session));
    } else {
      tell(session, () -> events.authenticationFailed(session, mechanism, reply));
    }
  }

  void command(Session session, Command command, byte[] line, int from, int to) {
    if (isRead) {
      text(session, mask.of(command, line, from, to));
    }
  }

  void tooLong(Session session) {
    if (isRead) {
      text(session, mask.ofTooLong());
    }
  }

  void foreign(Session session) {
    if (isRead) {
      text(session, "(TLS handshake)");
    }
  }

  void secret(Session session) {
    if (isRead) {
      text(session, Mask.SECRET);
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

  void each(Session session, Envelope envelope, DataReply answer) {
    if (answer instanceof PerRecipient replies) {
      tell(session, () -> events.perRecipient(session, envelope, replies));
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
    fault(session.id(), where, fault);
  }

  private static void fault(String id, String where, Throwable fault) {
    OptionalLong leftOut = FAULT_LIMIT.next(System.nanoTime());
    if (leftOut.isPresent()) {
      long before = leftOut.getAsLong();
      String more = before == 0 ? "" : ", and " + before + " faults before it that are not logged";
      String text = "Session " + id + ": fault in " + where;
      if (!isTold(text + more, fault)) {
        boolean unused = isTold(text + ", which cannot be printed: " + fault.getClass(), null);
      }
    }
  }

  /** A log may throw what the fault throws as it is printed; the session goes on all the same. */
  private static boolean isTold(String text, @Nullable Throwable fault) {
    try {
      FAULTS.log(Level.ERROR, text, fault);
      return true;
    } catch (Throwable e) {
      return false;
    }
  }

  private void text(Session session, String line) {
    if (isLogged) {
      DIALOGUE.log(Level.DEBUG, "{0} C: {1}", session.id(), line);
    }
    tell(session, () -> events.command(session, line));
  }

  private static void tell(Session session, Runnable event) {
    tell(session.id(), event);
  }

  private static void tell(String id, Runnable event) {
    try {
      event.run();
    } catch (Throwable e) { // also checked ones, which other languages throw as they like
      fault(id, "the server's events", e);
    } finally {
      Thread.interrupted();
    }
  }
}
