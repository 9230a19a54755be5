package io.simplesmtp.app;

import io.simplesmtp.server.Session;
import io.simplesmtp.server.SmtpServer;
import java.time.Duration;
import java.util.List;

/** Keeps a server up until the process is told to end by SIGTERM or Ctrl-C. */
final class RunningServer {

  /** How long messages that are in progress have then. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private RunningServer() {}

  /**
   * Says that the server runs, and blocks until it is closed. On a signal the server finishes what
   * it has begun before the process ends, with 128 and the number of the signal as its status; but
   * on SIGHUP it reads its files again, and on SIGUSR1 it prints its sessions.
   *
   * @param last runs after the server's end
   */
  static void await(Started started, Console console, Runnable last) throws InterruptedException {
    SmtpServer server = started.server();
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("smtp-shutdown")
                .unstarted(() -> {
                  shutdown(server, console);
                  last.run();
                  console.flush();
                }));
    boolean unused = Hangup.handle(started.renewal());
    unused = Signals.handle("USR1", new SessionTable(server, console.err()));
    started.welcome().run(); // who reads it may send signals
    server.awaitClosed();
  }

  private static void shutdown(SmtpServer server, Console console) {
    try {
      List<Session> cut = server.shutdown(PATIENCE);
      if (!cut.isEmpty()) {
        console.complain(
            "sessions cut as they took over " + PATIENCE.toSeconds() + " s: " + cut.size());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
