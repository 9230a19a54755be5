package io.simplesmtp.examples;

import io.simplesmtp.DataReply;
import io.simplesmtp.Envelope;
import io.simplesmtp.Host;
import io.simplesmtp.MailFrom;
import io.simplesmtp.Mailbox;
import io.simplesmtp.Reply;
import io.simplesmtp.server.AuthResult;
import io.simplesmtp.server.AuthenticationResults;
import io.simplesmtp.server.Outcome;
import io.simplesmtp.server.Received;
import io.simplesmtp.server.Session;
import io.simplesmtp.server.SmtpHandler;
import io.simplesmtp.server.SmtpPolicy;
import io.simplesmtp.server.SmtpServer;
import io.simplesmtp.server.Spool;
import io.simplesmtp.server.TracedContent;
import io.simplesmtp.server.policy.HeaderRules;
import io.simplesmtp.server.policy.MessageRate;
import io.simplesmtp.server.policy.NoForgedResults;
import io.simplesmtp.server.policy.NoOpenRelay;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A handler behind policies: it stores a message once for each recipient, and words its replies.
 */
record MailExchange(Host hostname, Path folder) implements SmtpHandler {

  static SmtpServer start(int port, Path folder) throws IOException {
    return SmtpServer.builder()
        .hostname("mx.example.org")
        .listen(Endpoints.plain(port))
        .policies(
            NoOpenRelay.of("example.org", "mx.example.org").trusting("192.0.2.0/24"),
            MessageRate.ofClients(100, Duration.ofHours(1)),
            new Blocked(Set.of("blocked.example")),
            HeaderRules.NO_LOOPS,
            new NoForgedResults("mx.example.org"))
        .handler(new MailExchange(Host.parse("mx.example.org"), folder))
        .start();
  }

  /** A policy of one's own. */
  record Blocked(Set<String> domains) implements SmtpPolicy {

    @Override
    public Optional<Reply> mail(Session session, MailFrom from) {
      return from.reversePath() instanceof Mailbox sender && domains.contains(sender.domain())
          ? Optional.of(Reply.of(550, "5.7.1", "Your domain is blocked here"))
          : Optional.empty();
    }
  }

  @Override
  public DataReply data(Session session, Envelope envelope, InputStream content)
      throws IOException {
    String trace =
        AuthenticationResults.by(hostname.toString()).with(AuthResult.auth(session)).field()
            + new Received(session, envelope, hostname, Instant.now()).field();
    try (Spool spool = Spool.of(new TracedContent(trace, content))) {
      for (int i = 0; i < envelope.recipients().size(); i++) {
        Files.copy(spool.open(), folder.resolve(envelope.id() + "-" + i + ".eml"));
      }
    }
    return Reply.ok("Queued as " + envelope.id());
  }

  @Override
  public void completed(Session session, Envelope envelope, DataReply reply, Outcome outcome) {
    if (outcome == Outcome.NOT_REPLIED) {
      System.out.println(envelope.id() + " will come again");
    }
  }

  @Override
  public Reply rephrase(Session session, String verb, Reply reply) {
    return verb.equals("QUIT") ? Reply.of(221, "2.0.0", "Thank you, come again") : reply;
  }
}
