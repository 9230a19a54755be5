package io.simplesmtp.examples;

import io.simplesmtp.Envelope;
import io.simplesmtp.Reply;
import io.simplesmtp.server.CloseCause;
import io.simplesmtp.server.ServerEvents;
import io.simplesmtp.server.Session;
import java.io.PrintStream;

/** Prints what clients and server say; secrets come masked. The counterpart of debug. */
record Dialogue(PrintStream out) implements ServerEvents {

  @Override
  public void command(Session session, String line) {
    out.println(session.id() + " C: " + line);
  }

  @Override
  public void reply(Session session, Reply reply) {
    out.println(session.id() + " S: " + reply);
  }

  @Override
  public void accepted(Session session, Envelope envelope, long octets, Reply reply) {
    out.println(session.id() + " accepted " + envelope + ", " + octets + " octets");
  }

  @Override
  public void closed(Session session, CloseCause cause) {
    out.println(session.id() + " closed: " + cause);
  }
}
