package io.simplesmtp.app;

import io.simplesmtp.server.SmtpServer;
import io.simplesmtp.server.TlsConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code simplesmtp sink}: accepts and discards mail, and counts it. */
@Command(
    name = "sink",
    description = "Accepts everything, discards it, and prints messages and octets a second.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    footerHeading =
        "%nOn --submission and --submissions every password is right.%n%nExit status:%n",
    footer = {
      "  1    the server cannot start, as when a port is in use",
      "  2    a flag or its value is wrong",
      "  3    Java had no memory left",
      "  130  ended by Ctrl-C, 143 by SIGTERM; messages in progress had 10 s",
      "",
      "SIGHUP has certificates read again, SIGUSR1 has the open sessions",
      "printed on standard error."
    })
final class Sink implements Runnable {

  /** The launcher sets it when standard output is a terminal, which Java 21 cannot find out. */
  private static final String TERMINAL = "simplesmtp.terminal";

  private final Console console;
  private final Path home;

  @Mixin ServerFlags server = new ServerFlags();

  @Option(names = "--quiet", description = "Print nothing.")
  boolean isQuiet;

  Sink(Console console, Path home) {
    this.console = console;
    this.home = home;
  }

  @Override
  public void run() {
    Tally tally = new Tally();
    Started running = start(tally);
    Runnable last = () -> {};
    if (!isQuiet) {
      TallyPrinter printer = new TallyPrinter(tally, console.out(), Boolean.getBoolean(TERMINAL));
      printer.start();
      last = printer::stop;
    }
    try {
      RunningServer.await(running, console, last);
    } catch (InterruptedException e) {
      running.server().close();
    }
  }

  /** Starts the server that the flags ask for. */
  Started start(Tally tally) {
    Optional<Logins> logins =
        server.listen.hasSubmission() ? Optional.of(new Everybody()) : Optional.empty();
    Optional<TlsConfig> tls = server.certificates(home, logins, server.tls.isOff);
    SmtpServer.Builder builder = server.builder(tls, logins, server.tls.isOff);
    SmtpServer started = ServerFlags.start(builder.handler(tally));
    Runnable welcome =
        () -> {
          console.out().println("Discarding all mail");
          new Welcome(server, List.of()).print(console.out(), started);
        };
    Renewal renewal = new Renewal(tls, Optional.empty(), Set.of());
    return new Started(started, renewal, isQuiet ? () -> {} : welcome);
  }
}
