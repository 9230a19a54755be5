package io.simplesmtp.app;

import io.simplesmtp.Envelope;
import io.simplesmtp.Host;
import io.simplesmtp.MailDataException;
import io.simplesmtp.Reply;
import io.simplesmtp.server.Received;
import io.simplesmtp.server.Session;
import io.simplesmtp.server.SmtpHandler;
import io.simplesmtp.server.TracedContent;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;

/**
 * Stores each message in a Maildir, behind the trace fields that its final delivery asks for (RFC
 * 5321 section 4.4), and accepts it only then.
 */
record ServeHandler(Host hostname, Maildir maildir) implements SmtpHandler {

  private static final Warnings WARNINGS = new Warnings(System.getLogger("io.simplesmtp.app"));
  private static final Reply FULL = Reply.of(452, "4.3.1", "Insufficient system storage");
  private static final Reply FAILED = Reply.of(451, "4.3.0", "Message could not be stored");

  @Override
  public Reply data(Session session, Envelope envelope, InputStream content) throws IOException {
    Received received = new Received(session, envelope, hostname, Instant.now());
    String trace = Received.returnPath(envelope.reversePath()) + received.field();
    try {
      maildir.store(envelope.id(), new TracedContent(trace, content));
      return Reply.ok("Stored as " + envelope.id());
    } catch (MailDataException e) {
      throw e;
    } catch (IOException e) {
      Reply reply = maildir.isFull(e) ? FULL : FAILED;
      WARNINGS.say(
          "Message " + envelope.id() + " not stored, answered " + reply + ": " + IoReason.of(e));
      return reply;
    }
  }
}
