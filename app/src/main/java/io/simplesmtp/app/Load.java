package io.simplesmtp.app;

import io.simplesmtp.Host;
import io.simplesmtp.app.load.Access;
import io.simplesmtp.app.load.LoadRun;
import io.simplesmtp.app.load.Plan;
import io.simplesmtp.app.load.Result;
import io.simplesmtp.app.load.Target;
import io.simplesmtp.app.load.TlsMode;
import io.simplesmtp.server.SmtpServer;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code simplesmtp load}: sends mail to a server and measures how it takes it. */
@Command(
    name = "load",
    description =
        "Sends made-up messages to a server, and prints how many it accepted, how fast, and what it"
            + " said. Without flags it is one message.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    footerHeading = "%nExit status:%n",
    footer = {
      "  0    every message was accepted, for all its recipients",
      "  1    one was not, or the server cannot be reached or lacks what the flags ask for",
      "  2    a flag or its value is wrong",
      "  130  ended by Ctrl-C; messages in progress had 5 s, and the result was printed"
    })
final class Load implements Callable<Integer> {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int SMTP_PORT = 25;
  private static final int SUBMISSIONS_PORT = 465;
  private static final int FAILED = 1;

  /** How many threads carry the virtual ones. */
  private static final String PARALLELISM = "jdk.virtualThreadScheduler.parallelism";

  private final Console console;
  private final Map<String, String> environment;

  @Parameters(
      paramLabel = "HOST[:PORT]|unix:PATH",
      description =
          "The server; an IPv6 address stands in brackets. The port is 25, or 465 with --tls.")
  LoadTarget target = new LoadTarget("", OptionalInt.empty(), Optional.empty());

  @Mixin PaceFlags pace = new PaceFlags();
  @Mixin MailFlags mail = new MailFlags();
  @Mixin ClientTlsFlags tls = new ClientTlsFlags();
  @Mixin LoginFlags login = new LoginFlags();

  @Option(names = "--lmtp", description = "Speak LMTP; the port must be given.")
  boolean isLmtp;

  @Option(
      names = "--hostname",
      paramLabel = "NAME",
      description = "The name in EHLO and in Message-IDs. Default: this machine's.")
  @Nullable Host hostname;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      description = "How long the server may be silent. Default: 30s.")
  Duration timeout = TIMEOUT;

  @Option(names = "--json", description = "Print the result as JSON, on one line.")
  boolean isJson;

  @Option(names = "--quiet", description = "Show no progress on a terminal.")
  boolean isQuiet;

  Load(Console console, Map<String, String> environment) {
    this.console = console;
    this.environment = environment;
  }

  @Override
  public Integer call() {
    shareProcessors();
    Plan plan = plan();
    LoadRun run = prepared(plan);
    try (LoadProgress progress = new LoadProgress(run, console.err());
        LoadEnding ending = new LoadEnding(run, console)) {
      if (!isQuiet) {
        progress.start();
      }
      Result result = run.run();
      progress.stop();
      if (isJson) {
        console.out().println(LoadJson.of(plan, result));
      } else {
        LoadReport.print(console.out(), plan, result);
      }
      ending.printed();
      return result.isGood() ? 0 : FAILED;
    } catch (IOException e) {
      throw ProgramException.cannotStart(plan.target() + ": " + e.getMessage());
    }
  }

  /** What the flags ask for, if they go together. */
  Plan plan() {
    TlsMode mode = tls.mode(target);
    boolean isSocket = target.socket().isPresent();
    if (isLmtp && !isSocket && target.port().orElse(SMTP_PORT) == SMTP_PORT) {
      throw ProgramException.usage(
          "--lmtp needs a port, which is not 25, as that is SMTP's (RFC 2033 section 5)");
    }
    Target found = target.find(mode == TlsMode.IMPLICIT ? SUBMISSIONS_PORT : SMTP_PORT);
    Access access =
        new Access(
            hostname == null ? SmtpServer.localHostname() : hostname.toString(),
            isLmtp,
            mode,
            tls.config(found.host()),
            login.login(isSocket || mode != TlsMode.NONE, environment),
            timeout);
    return new Plan(found, access, mail.mail(), pace.pace());
  }

  /**
   * Leaves half of the processors to a server on the same machine. Sessions also wake each other
   * less often: with one thread in the place of two, on two processors, a third more messages go to
   * a server that has one. Has no effect once there was a virtual thread.
   */
  private static void shareProcessors() {
    if (System.getProperty(PARALLELISM) == null) {
      int half = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
      System.setProperty(PARALLELISM, Integer.toString(half));
    }
  }

  private static LoadRun prepared(Plan plan) {
    try {
      return new LoadRun(plan);
    } catch (IllegalArgumentException e) {
      throw ProgramException.usage("--size: " + e.getMessage());
    }
  }
}
