package io.simplesmtp.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.server.SmtpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SinkTest {

  private static final int SESSIONS = 32;
  private static final int MESSAGES = 100;
  private static final String MAIL = "Subject: Hi\r\n\r\n" + "x".repeat(200) + "\r\n";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Tally tally = new Tally();

  @TempDir Path folder;

  @Test
  void thousandsOfMessagesOverManySessionsAreCounted() throws Exception {
    try (SmtpServer server = start("--no-tls");
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < SESSIONS; i++) {
        all.add(
            threads.submit(() -> {
              try (Talk client = Talk.greeted(server.port())) {
                for (int j = 0; j < MESSAGES; j++) {
                  client.begun("a@b.org", "c@d.org").sends(MAIL + ".\r\n").hears("250 ");
                }
                client.says("QUIT").hears("221 ");
              }
              return "";
            }));
      }
      for (Future<?> one : all) {
        one.get(60, TimeUnit.SECONDS);
      }
    }
    assertThat(tally.messages()).isEqualTo(SESSIONS * MESSAGES);
    assertThat(tally.octets()).isEqualTo((long) SESSIONS * MESSAGES * MAIL.length());
  }

  @Test
  void postfixsSourceSendsThousandsWithoutAnError() throws Exception {
    String source = Programs.installed("smtp-source");
    try (SmtpServer server = start("--no-tls")) {
      Programs.Ended ended =
          Programs.run(
              source, "-s", "32", "-m", "5000", "-l", "1024", "127.0.0.1:" + server.port());
      assertThat(ended).isEqualTo(new Programs.Ended(0, ""));
    }
    assertThat(tally.messages()).isEqualTo(5000);
  }

  @Test
  void aMessageWithoutAnEndIsNotCounted() throws Exception {
    try (SmtpServer server = start("--no-tls")) {
      try (Talk client = Talk.greeted(server.port())) {
        client.begun("a@b.org", "c@d.org").sends("Subject: Hi\r\n\r\nHi\r\n");
      }
      try (Talk client = Talk.greeted(server.port())) {
        client.begun("a@b.org", "c@d.org").sends("bare\nline feed\r\n.\r\n").hears("554 ");
      }
    }
    assertThat(tally.messages()).isZero();
  }

  @Test
  void onSubmissionEveryPasswordIsRight() throws Exception {
    try (SmtpServer server = start("--no-tls", "--submission", "127.0.0.1:0");
        Talk client = Talk.greeted(server.port())) {
      client.says("AUTH PLAIN AGFubgBzZWNyZXQ=").hears("235 ");
      client.begun("a@b.org", "c@d.org").sends(MAIL + ".\r\n").hears("250 ");
    }
    assertThat(tally.messages()).isOne();
  }

  @Test
  void ratesArePrintedOncePerSecondWhileThereIsSomethingToTell() throws Exception {
    try (SmtpServer server = start("--no-tls", "--quiet");
        Talk client = Talk.greeted(server.port())) {
      TallyPrinter printer = new TallyPrinter(tally, stream(), false);
      printer.print(System.nanoTime());
      assertThat(printed()).isEmpty();
      client.begun("a@b.org", "c@d.org").sends(MAIL + ".\r\n").hears("250 ");
      printer.print(System.nanoTime());
      printer.print(System.nanoTime());
      assertThat(printed().lines())
          .singleElement()
          .asString()
          .matches("[\\d,]+ messages/s, [\\d,]+ octets/s, 1 messages in all");
      printer.stop();
      assertThat(printed()).endsWith("1 messages, 217 octets in all" + System.lineSeparator());
    }
  }

  @Test
  void onATerminalOneLineIsUpdated() {
    TallyPrinter printer = new TallyPrinter(tally, stream(), true);
    printer.print(System.nanoTime());
    printer.print(System.nanoTime());
    assertThat(printed())
        .isEqualTo("\r\u001b[K0 messages/s, 0 octets/s, 0 messages in all".repeat(2));
  }

  @Test
  void quietPrintsNothing() throws Exception {
    assertThat(printedByAProcess("--quiet")).isEmpty();
  }

  @Test
  void theSumsAreTheLastThatAProcessPrints() throws Exception {
    assertThat(printedByAProcess())
        .startsWith("Discarding all mail")
        .endsWith("1 messages, 217 octets in all");
  }

  /** What is printed from the start to SIGTERM, with a message in between. */
  private List<String> printedByAProcess(String... flags) throws Exception {
    int port = freePort();
    List<String> command = Programs.simplesmtp("sink", "--no-tls", "--listen", "127.0.0.1:" + port);
    command.addAll(List.of(flags));
    Process process = new ProcessBuilder(command).directory(folder.toFile()).start();
    try (var server =
        new Programs.Server(process, process.inputReader(StandardCharsets.UTF_8), port)) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptions()
          .until(() -> {
            Talk.greeted(port).close();
            return true;
          });
      try (Talk client = Talk.greeted(port)) {
        client.begun("a@b.org", "c@d.org").sends(MAIL + ".\r\n").hears("250 ");
      }
      server.signal("TERM");
      List<String> lines = server.rest();
      assertThat(server.status()).isEqualTo(143);
      assertThat(process.errorReader().lines()).isEmpty();
      return lines;
    }
  }

  /** A port that was free a moment ago, as one that is quiet does not say which it took. */
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private SmtpServer start(String... flags) {
    List<String> all = new ArrayList<>(List.of(flags));
    if (!all.contains("--submission")) {
      all.addAll(List.of("--listen", "127.0.0.1:0"));
    }
    Sink sink = new Sink(new Console(stream(), stream()), folder);
    Converters.register(new CommandLine(sink)).parseArgs(all.toArray(String[]::new));
    Started started = sink.start(tally);
    started.welcome().run();
    return started.server();
  }

  private PrintStream stream() {
    return new PrintStream(out, true, StandardCharsets.UTF_8);
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
