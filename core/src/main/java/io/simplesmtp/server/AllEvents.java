package io.simplesmtp.server;

import io.simplesmtp.Envelope;
import io.simplesmtp.PerRecipient;
import io.simplesmtp.Reply;
import java.util.List;
import java.util.function.Consumer;

/** Tells several observers the same, one after the other, whatever one of them throws. */
record AllEvents(List<ServerEvents> each) implements ServerEvents {

  @Override
  public void turnedAway(ConnectionInfo connection, Reply reply) {
    tell(events -> events.turnedAway(connection, reply));
  }

  @Override
  public void connected(Session session) {
    tell(events -> events.connected(session));
  }

  @Override
  public void secured(Session session) {
    tell(events -> events.secured(session));
  }

  @Override
  public void handshakeFailed(Session session, String reason) {
    tell(events -> events.handshakeFailed(session, reason));
  }

  @Override
  public void authenticated(Session session) {
    tell(events -> events.authenticated(session));
  }

  @Override
  public void authenticationFailed(Session session, String mechanism, Reply reply) {
    tell(events -> events.authenticationFailed(session, mechanism, reply));
  }

  @Override
  public void command(Session session, String line) {
    tell(events -> events.command(session, line));
  }

  @Override
  public void reply(Session session, Reply reply) {
    tell(events -> events.reply(session, reply));
  }

  @Override
  public void perRecipient(Session session, Envelope envelope, PerRecipient replies) {
    tell(events -> events.perRecipient(session, envelope, replies));
  }

  @Override
  public void accepted(Session session, Envelope envelope, long octets, Reply reply) {
    tell(events -> events.accepted(session, envelope, octets, reply));
  }

  @Override
  public void refused(Session session, Envelope envelope, Reply reply) {
    tell(events -> events.refused(session, envelope, reply));
  }

  @Override
  public void closed(Session session, CloseCause cause) {
    tell(events -> events.closed(session, cause));
  }

  private void tell(Consumer<ServerEvents> event) {
    tell(0, event);
  }

  private void tell(int from, Consumer<ServerEvents> event) {
    if (from < each.size()) {
      try {
        event.accept(each.get(from));
      } finally {
        tell(from + 1, event);
      }
    }
  }
}
