package io.simplesmtp.app;

import io.simplesmtp.Envelope;
import io.simplesmtp.Reply;
import io.simplesmtp.server.ServerEvents;
import io.simplesmtp.server.Session;
import java.io.PrintStream;

/** Prints a line for each message. */
record MessageLines(PrintStream out) implements ServerEvents {

  private static final int NAMED = 3;

  @Override
  public void accepted(Session session, Envelope envelope, long octets, Reply reply) {
    print(session, envelope, "stored " + octets + " octets");
  }

  @Override
  public void refused(Session session, Envelope envelope, Reply reply) {
    print(session, envelope, "refused with " + reply);
  }

  private void print(Session session, Envelope envelope, String what) {
    StringBuilder line = new StringBuilder(TimeOfDay.seconds());
    line.append(' ').append(envelope.id()).append(": ").append(what);
    line.append(", from ").append(envelope.reversePath().path()).append(" to ");
    int count = envelope.recipients().size();
    for (int i = 0; i < Math.min(count, NAMED); i++) {
      line.append(i == 0 ? "" : ", ").append(envelope.recipients().get(i).mailbox().path());
    }
    line.append(count > NAMED ? " and " + (count - NAMED) + " more" : "");
    line.append(", client ").append(Dialogue.client(session));
    out.println(Plain.of(line.toString()));
  }
}
