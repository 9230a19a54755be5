package io.simplesmtp.examples;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import io.simplesmtp.Envelope;
import io.simplesmtp.Mailbox;
import io.simplesmtp.RcptTo;
import io.simplesmtp.Reply;
import io.simplesmtp.server.Listener;
import io.simplesmtp.server.PasswordCheck;
import io.simplesmtp.server.Session;
import io.simplesmtp.server.SmtpHandler;
import io.simplesmtp.server.SmtpServer;
import io.simplesmtp.server.TlsConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Set;

/** Receives mail for some mailboxes, and from users for all; a file for each message. */
record Inbox(Set<Mailbox> mailboxes, Path folder) implements SmtpHandler {

  @Override
  public Reply rcpt(Session session, Envelope soFar, RcptTo to) {
    boolean isTaken =
        session.isAuthenticated() || to.isPostmaster() || mailboxes.contains(to.mailbox());
    return isTaken ? Reply.RECIPIENT_OK : Reply.of(550, "5.1.1", "No such user here");
  }

  @Override
  public Reply data(Session session, Envelope envelope, InputStream content) throws IOException {
    Path part = folder.resolve(envelope.id() + ".part");
    try (FileChannel file = FileChannel.open(part, CREATE_NEW, WRITE)) {
      content.transferTo(Channels.newOutputStream(file));
      file.force(true);
      Files.move(part, folder.resolve(envelope.id() + ".eml"), StandardCopyOption.ATOMIC_MOVE);
      return Reply.ok("Queued as " + envelope.id());
    } finally {
      Files.deleteIfExists(part);
    }
  }

  static SmtpServer.Builder settings(Inbox inbox, PasswordCheck accounts, TlsConfig tls) {
    return SmtpServer.builder()
        .hostname("mx.example.org")
        .tls(tls)
        .passwords(accounts)
        .maxMessageSize(25 << 20)
        .handler(inbox);
  }

  public static void main(String... args) throws Exception {
    Set<Mailbox> mailboxes = Set.of(Mailbox.parse("ann@example.org"));
    Inbox inbox = new Inbox(mailboxes, Files.createDirectories(Path.of("inbox")));
    TlsConfig tls = TlsConfig.fromPem(Path.of("fullchain.pem"), Path.of("privkey.pem"));
    settings(inbox, Inbox::verify, tls)
        .listen(Listener.smtp(25))
        .listen(Listener.submission(587))
        .listen(Listener.submissions(465))
        .start()
        .awaitClosed();
  }

  /** Stands for your directory of accounts; a real one holds hashes. */
  static Optional<String> verify(Session session, String user, String password) {
    return user.equals("ann") && password.equals("secret") ? Optional.of("ann") : Optional.empty();
  }
}
