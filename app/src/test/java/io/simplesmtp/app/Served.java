package io.simplesmtp.app;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** {@code simplesmtp serve} in this process, on a free loopback port. */
final class Served implements AutoCloseable {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Started started;
  private final Path folder;

  private Served(Path folder, List<String> flags) {
    this.folder = folder;
    Console console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    Serve serve = new Serve(console, folder.resolve("home"));
    Converters.register(new CommandLine(serve)).parseArgs(flags.toArray(String[]::new));
    started = serve.start();
    started.welcome().run();
  }

  static Served with(Path folder, String... flags) {
    List<String> all = new ArrayList<>(List.of(flags));
    all.addAll(List.of("--maildir", folder.resolve("mail").toString(), "--hostname", "mx.test"));
    if (all.stream().noneMatch(flag -> flag.matches("--(submission|lmtp).*"))) {
      all.addAll(List.of("--listen", "127.0.0.1:0"));
    }
    return new Served(folder, all);
  }

  int port() {
    return started.server().port();
  }

  int port(int listener) {
    return started.server().port(listener);
  }

  /** Reads the files of the server again, as SIGHUP does. */
  void renew() {
    started.renewal().run();
  }

  Mails mails() {
    return new Mails(folder.resolve("mail"));
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /** Ends the server, after which all that it prints has been printed. */
  @Override
  public void close() {
    started.server().close();
  }
}
