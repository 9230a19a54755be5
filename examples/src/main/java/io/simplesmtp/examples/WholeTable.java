package io.simplesmtp.examples;

import io.simplesmtp.server.Admission;
import io.simplesmtp.server.Session;
import io.simplesmtp.server.SmtpServer;
import io.simplesmtp.server.Timeouts;
import io.simplesmtp.server.TlsConfig;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Every option of the Node.js module in one server. */
final class WholeTable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private WholeTable() {}

  public static void main(String... args) throws Exception {
    SmtpServer server = start(2525, 2587, 2465, System.out);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server)));
    server.awaitClosed();
  }

  static SmtpServer start(int smtp, int submission, int submissions, PrintStream out)
      throws IOException {
    return settings(out)
        .listen(Endpoints.plain(smtp))
        .listen(Endpoints.requireAuthentication(submission))
        .listen(Endpoints.secureConnection(submissions))
        .start();
  }

  static SmtpServer.Builder settings(PrintStream out) {
    return SmtpServer.builder()
        .hostname("mx.example.org")
        .banner("at your service")
        .tls(TlsConfig.selfSigned("mx.example.org"))
        .mechanisms("PLAIN", "LOGIN")
        .passwords(WholeTable::authorizeUser)
        .admission(Admission.DEFAULT.withConnections(100))
        .maxMessageSize(1 << 20)
        .timeouts(Timeouts.DEFAULT.withIdle(Duration.ofSeconds(60)))
        .events(new Dialogue(out))
        .handler(new Answers(out));
  }

  /** May block; what it returns is the user's name from then on. */
  static Optional<String> authorizeUser(Session session, String user, String password) {
    boolean isRight = user.equals("ann@example.org") && password.equals("secret");
    return isRight ? Optional.of("ann") : Optional.empty();
  }

  /** Lets messages under way be finished. */
  static void end(SmtpServer server) {
    try {
      List<Session> cut = server.shutdown(PATIENCE);
      System.out.println("Closed; " + cut.size() + " sessions were cut");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
