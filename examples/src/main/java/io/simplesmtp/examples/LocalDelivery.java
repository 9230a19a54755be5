package io.simplesmtp.examples;

import io.simplesmtp.DataReply;
import io.simplesmtp.Envelope;
import io.simplesmtp.PerRecipient;
import io.simplesmtp.RcptTo;
import io.simplesmtp.Reply;
import io.simplesmtp.server.Listener;
import io.simplesmtp.server.Session;
import io.simplesmtp.server.SmtpHandler;
import io.simplesmtp.server.SmtpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** Delivers into one folder for each user, for a mail server on the same machine. */
record LocalDelivery(Path mailboxes) implements SmtpHandler {

  public static void main(String... args) throws Exception {
    try (SmtpServer server = start(Path.of("mail.sock"), Path.of("mailboxes"))) {
      server.awaitClosed();
    }
  }

  static SmtpServer start(Path socket, Path mailboxes) throws IOException {
    return SmtpServer.builder()
        .listen(Listener.lmtp(UnixDomainSocketAddress.of(socket)))
        .handler(new LocalDelivery(mailboxes))
        .start();
  }

  @Override
  public Reply rcpt(Session session, Envelope soFar, RcptTo to) {
    return Files.isDirectory(mailbox(to))
        ? Reply.RECIPIENT_OK
        : Reply.of(550, "5.1.1", "No such user here");
  }

  @Override
  public DataReply data(Session session, Envelope envelope, InputStream content)
      throws IOException {
    byte[] message = content.readAllBytes();
    return PerRecipient.of(envelope, to -> deliver(envelope.id(), message, to));
  }

  private Reply deliver(String id, byte[] message, RcptTo to) {
    try {
      Files.write(mailbox(to).resolve(id + ".eml"), message);
      return Reply.of(250, "2.1.5", "Delivered");
    } catch (IOException e) {
      return Reply.of(452, "4.2.2", "Mailbox cannot be written");
    }
  }

  /** Only names of letters are users, so that no name leads out of the folder. */
  private Path mailbox(RcptTo to) {
    String user = to.mailbox().localPart();
    return mailboxes.resolve(user.matches("[a-z]+") ? user : "none/such");
  }
}
