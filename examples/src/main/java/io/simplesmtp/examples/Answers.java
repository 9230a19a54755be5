package io.simplesmtp.examples;

import io.simplesmtp.Envelope;
import io.simplesmtp.Hello;
import io.simplesmtp.MailFrom;
import io.simplesmtp.Mailbox;
import io.simplesmtp.NullPath;
import io.simplesmtp.RcptTo;
import io.simplesmtp.Reply;
import io.simplesmtp.ReversePath;
import io.simplesmtp.server.CloseCause;
import io.simplesmtp.server.Session;
import io.simplesmtp.server.SmtpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;

/**
 * A method for each question that a client asks: the counterpart of validateSender,
 * validateRecipient, startData, data, dataReady and close.
 */
record Answers(PrintStream out) implements SmtpHandler {

  @Override
  public Reply mail(Session session, MailFrom from) {
    return switch (from.reversePath()) {
      case NullPath bounce -> Reply.SENDER_OK;
      case Mailbox sender when sender.domain().equalsIgnoreCase("blocked.example") ->
          Reply.of(550, "5.7.1", "Your domain is blocked here");
      case Mailbox sender -> Reply.of(250, "2.1.0", "Welcome");
    };
  }

  @Override
  public Reply rcpt(Session session, Envelope soFar, RcptTo to) {
    return switch (to.mailbox().localPart()) {
      case "ann", "bob" -> Reply.RECIPIENT_OK;
      case "full" -> Reply.of(452, "4.2.2", "Mailbox full");
      default -> Reply.of(550, "5.1.1", "No such user here");
    };
  }

  @Override
  public Reply beforeData(Session session, Envelope envelope) {
    boolean isBounce = envelope.reversePath().equals(ReversePath.NULL);
    return isBounce && envelope.recipients().size() > 1
        ? Reply.of(550, "5.7.1", "A bounce has one recipient")
        : Reply.OK;
  }

  @Override
  public Reply data(Session session, Envelope envelope, InputStream content) throws IOException {
    String user = session.identity().map(identity -> identity.name()).orElse("nobody");
    String host = session.hello().map(Hello::name).orElse("");
    String client =
        session.connection().clientAddress().map(InetAddress::getHostAddress).orElse("local");
    out.println(envelope + " from " + user + " on " + host + " [" + client + "]");
    long octets = content.transferTo(OutputStream.nullOutputStream());
    return octets == 0
        ? Reply.of(554, "5.6.0", "An empty message is not taken")
        : Reply.ok("Queued as " + envelope.id());
  }

  @Override
  public void closed(Session session, CloseCause cause) {
    out.println("closed: " + cause);
  }
}
