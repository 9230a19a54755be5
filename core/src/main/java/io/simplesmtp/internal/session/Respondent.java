package io.simplesmtp.internal.session;

import io.simplesmtp.DataReply;
import io.simplesmtp.Envelope;
import io.simplesmtp.Reply;
import io.simplesmtp.internal.protocol.Replies;
import io.simplesmtp.server.CloseCause;
import io.simplesmtp.server.Outcome;
import io.simplesmtp.server.Session;
import io.simplesmtp.server.SmtpHandler;
import org.jspecify.annotations.Nullable;

/**
 * The application's side of one session: its handler, what is told to it, and how it words replies.
 *
 * <p>Each transaction that the handler accepted is told one end. What the handler throws when it is
 * told something is logged and has no other effect. Used by one thread at a time.
 */
final class Respondent {

  /** Stands in until the application has given the session its handler. */
  private static final SmtpHandler NOBODY = (session, envelope, content) -> Replies.FAULT;

  /** A notice that may throw anything. */
  @FunctionalInterface
  private interface Notice {
    void give() throws Exception;
  }

  private final Phrasing phrasing;
  private final @Nullable SessionEvent recordedSession = Flight.session();
  private SmtpHandler handler = NOBODY;
  private boolean hasSayBetweenMessages;
  private @Nullable Envelope open;
  private @Nullable TransactionEvent recordedTransaction;
  private long octets;

  Respondent(String hostname) {
    this.phrasing = new Phrasing(hostname);
  }

  boolean hasHandler() {
    return !handler.equals(NOBODY);
  }

  SmtpHandler handler() {
    return handler;
  }

  void handler(SmtpHandler value) {
    handler = value;
    hasSayBetweenMessages = OwnAnswers.betweenMessages(value);
  }

  /** Whether the handler is asked or told anything between one message and the next. */
  boolean hasSayBetweenMessages() {
    return hasSayBetweenMessages;
  }

  /** The reply to a verb, or to none, as it is to be written. */
  Reply phrased(Session session, String verb, Reply reply) {
    return phrasing.of(session, handler, verb, reply);
  }

  /** Takes note of the open transaction; returns the one that was open and is not any more. */
  @Nullable Envelope follow(@Nullable Envelope now) {
    Envelope before = open;
    open = now;
    if (before == null && now != null) {
      recordedTransaction = Flight.transaction();
      octets = 0;
    }
    return now == null ? before : null;
  }

  /** Takes note of how much content the open transaction has. */
  void received(long size) {
    octets = size;
  }

  void secured(Session session) {
    give(session, "secured", () -> handler.secured(session));
  }

  /** A transaction ended without a final reply to its data. */
  void reset(Session session, Envelope envelope) {
    record(session, envelope, null);
    give(session, "reset", () -> handler.reset(session, envelope));
  }

  /** A transaction ended with a final reply. */
  void completed(Session session, Envelope envelope, DataReply reply, Outcome outcome) {
    record(session, envelope, reply);
    give(session, "completed", () -> handler.completed(session, envelope, reply, outcome));
  }

  /** The session is over, and with it a transaction that is still open. */
  void closed(Session session, CloseCause cause) {
    Envelope left = follow(null);
    if (left != null) {
      reset(session, left);
    }
    give(session, "closed", () -> handler.closed(session, cause));
    if (recordedSession != null) {
      recordedSession.end(session, cause);
    }
  }

  private void record(Session session, Envelope envelope, @Nullable DataReply reply) {
    TransactionEvent event = recordedTransaction;
    recordedTransaction = null;
    if (event != null) {
      event.end(session, envelope, octets, reply);
    }
  }

  private static void give(Session session, String where, Notice notice) {
    try {
      notice.give();
    } catch (Throwable e) { // the session goes on, or is over, whatever its handler does
      Observation.fault(session, where, e);
    } finally {
      Thread.interrupted();
    }
  }
}
