package io.simplesmtp.app;

import io.simplesmtp.Host;
import io.simplesmtp.server.PasswordCheck;
import io.simplesmtp.server.ServerEvents;
import io.simplesmtp.server.SmtpServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code simplesmtp serve}: stores mail in a Maildir. */
@Command(
    name = "serve",
    description = "Stores each message in a Maildir and prints a line for it.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    footerHeading = "%nExit status:%n",
    footer = {
      "  1    the server cannot start, as when a port is in use",
      "  2    a flag or its value is wrong",
      "  130  ended by Ctrl-C, 143 by SIGTERM; messages in progress had 10 s"
    })
final class Serve implements Runnable {

  private final Console console;
  private final Path home;

  @Mixin ServerFlags server = new ServerFlags();

  @Option(
      names = "--maildir",
      paramLabel = "DIR",
      description = "Where messages are stored; made if it is missing. Default: ./mail.")
  Path maildir = Path.of("mail");

  @Mixin AuthFlags auth = new AuthFlags();
  @Mixin RecipientFlags recipients = new RecipientFlags();

  @Option(
      names = "--debug",
      description = "Print on standard error what clients and server say; secrets are masked.")
  boolean isDebug;

  Serve(Console console, Path home) {
    this.console = console;
    this.home = home;
  }

  @Override
  public void run() {
    SmtpServer running = start();
    try {
      RunningServer.await(running, console, () -> {});
    } catch (InterruptedException e) {
      running.close();
    }
  }

  /** Starts the server that the flags ask for and says so. */
  SmtpServer start() {
    Host hostname = server.listen.host();
    Optional<PasswordCheck> accounts = auth.accounts().map(a -> a);
    SmtpServer.Builder builder = server.builder(home, accounts, auth.isWithoutTls);
    Maildir store = open(hostname);
    ServerEvents lines = new MessageLines(console.out());
    builder.events(isDebug ? new Dialogue(console.err(), lines) : lines);
    builder.handler(new ServeHandler(hostname, recipients.policy(hostname), store));
    SmtpServer started = ServerFlags.start(builder);
    console.out().println("Storing mail in " + store.folder());
    new Welcome(server, recipients.domains).print(console.out(), started);
    return started;
  }

  private Maildir open(Host hostname) {
    try {
      return Maildir.open(maildir, hostname);
    } catch (IOException e) {
      throw ProgramException.cannotStart("--maildir: " + IoReason.of(e));
    }
  }
}
