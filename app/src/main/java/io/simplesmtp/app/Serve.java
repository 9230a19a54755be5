package io.simplesmtp.app;

import io.simplesmtp.Host;
import io.simplesmtp.server.EventLog;
import io.simplesmtp.server.ServerEvents;
import io.simplesmtp.server.SmtpPolicy;
import io.simplesmtp.server.SmtpServer;
import io.simplesmtp.server.TlsConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code simplesmtp serve}: stores mail in a Maildir. */
@Command(
    name = "serve",
    description =
        "Stores each message in a Maildir, and prints a line for it and for each session.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    footerHeading = "%nExit status:%n",
    footer = {
      "  1    the server cannot start, as when a port is in use",
      "  2    a flag or its value is wrong",
      "  3    Java had no memory left",
      "  130  ended by Ctrl-C, 143 by SIGTERM; messages in progress had 10 s",
      "",
      "SIGHUP has certificates and the file of users read again, SIGUSR1 has the open sessions",
      "printed on standard error."
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
    Started running = start();
    try {
      RunningServer.await(running, console, () -> {});
    } catch (InterruptedException e) {
      running.server().close();
    }
  }

  /** Starts the server that the flags ask for. */
  Started start() {
    Host hostname = server.listen.host();
    Optional<Accounts> accounts = auth.accounts();
    Optional<Logins> logins = accounts.map(a -> a);
    Optional<TlsConfig> tls = server.certificates(home, logins, auth.isWithoutTls);
    SmtpServer.Builder builder = server.builder(tls, logins, auth.isWithoutTls);
    Maildir store = open(hostname);
    ServerEvents log =
        new EventLog(line -> console.out().println(TimeOfDay.seconds() + ' ' + line));
    builder.events(isDebug ? ServerEvents.all(new Dialogue(console.err()), log) : log);
    builder.policies(
        recipients.policies(hostname, accounts.isPresent()).toArray(SmtpPolicy[]::new));
    builder.handler(new ServeHandler(hostname, store));
    SmtpServer started = ServerFlags.start(builder);
    Runnable welcome =
        () -> {
          console.out().println("Storing mail in " + store.folder());
          new Welcome(server, recipients.domains).print(console.out(), started);
        };
    return new Started(started, new Renewal(tls, accounts, server.sasl.needed()), welcome);
  }

  private Maildir open(Host hostname) {
    try {
      return Maildir.open(maildir, hostname);
    } catch (IOException e) {
      throw ProgramException.cannotStart("--maildir: " + IoReason.of(e));
    }
  }
}
