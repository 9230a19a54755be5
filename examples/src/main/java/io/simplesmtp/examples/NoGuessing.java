package io.simplesmtp.examples;

import io.simplesmtp.Envelope;
import io.simplesmtp.RcptTo;
import io.simplesmtp.Reply;
import io.simplesmtp.server.Session;
import io.simplesmtp.server.SmtpHandler;
import io.simplesmtp.server.SmtpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Set;

/** Hangs up on a client that tries names; each session has a handler and a count of its own. */
final class NoGuessing implements SmtpHandler {

  private static final int MOST = 3;

  private final Set<String> users;
  private int guesses;

  NoGuessing(Set<String> users) {
    this.users = users;
  }

  static SmtpServer start(int port, Set<String> users) throws IOException {
    return SmtpServer.builder()
        .listen(Endpoints.plain(port))
        .handlerPerSession(session -> new NoGuessing(users))
        .start();
  }

  @Override
  public Reply rcpt(Session session, Envelope soFar, RcptTo to) {
    if (users.contains(to.mailbox().localPart())) {
      return Reply.RECIPIENT_OK;
    }
    guesses++;
    return guesses < MOST
        ? Reply.of(550, "5.1.1", "No such user here")
        : Reply.of(421, "4.7.0", "Too many unknown recipients");
  }

  @Override
  public Reply data(Session session, Envelope envelope, InputStream content) throws IOException {
    content.transferTo(OutputStream.nullOutputStream());
    return Reply.OK;
  }
}
