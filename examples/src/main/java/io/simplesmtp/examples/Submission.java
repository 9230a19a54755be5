package io.simplesmtp.examples;

import io.simplesmtp.Mailbox;
import io.simplesmtp.auth.ScramCredential;
import io.simplesmtp.auth.ScramHash;
import io.simplesmtp.server.Listener;
import io.simplesmtp.server.PasswordCheck;
import io.simplesmtp.server.ScramCheck;
import io.simplesmtp.server.Session;
import io.simplesmtp.server.SmtpHandler;
import io.simplesmtp.server.SmtpServer;
import io.simplesmtp.server.TlsConfig;
import io.simplesmtp.server.policy.HeaderRules;
import io.simplesmtp.server.policy.MessageRate;
import io.simplesmtp.server.policy.SenderMatchesLogin;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Takes mail from users, whose passwords it does not know, under the names of two domains. */
record Submission(Map<String, ScramCredential> users) implements ScramCheck {

  @Override
  public Optional<ScramCredential> find(Session session, String user, ScramHash hash) {
    return Optional.ofNullable(users.get(user)).filter(stored -> stored.hash() == hash);
  }

  /** Each user sends from the address of their name. */
  private static boolean isOwn(String user, Mailbox sender) {
    return sender.localPart().equals(user) && sender.domain().equalsIgnoreCase("example.org");
  }

  SmtpServer start(Listener listener, TlsConfig tls, SmtpHandler handler) throws IOException {
    return SmtpServer.builder()
        .hostname("mail.example.org")
        .listen(listener)
        .tls(tls)
        .scram(this)
        .passwords(PasswordCheck.of(this, ScramHash.SHA_256))
        .policies(
            new SenderMatchesLogin((user, sender) -> isOwn(user.name(), sender)),
            MessageRate.ofUsers(100, Duration.ofHours(1)),
            HeaderRules.SUBMISSION)
        .extensions(new XFoo(9))
        .handler(handler)
        .start();
  }
}
