package io.simplesmtp.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.simplesmtp.server.SmtpServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A load as a process of its own, and for Postfix's sink. */
class LoadProcessTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"INT, 130, --sessions", "TERM, 143, --pipelined --sessions"})
  void aSignalEndsItAndTheResultIsPrinted(String signal, int status, String flags)
      throws Exception {
    Collector collector = new Collector();
    try (SmtpServer server = Collector.serve(collector)) {
      String all = "load 127.0.0.1:" + server.port() + " --json --duration 10m " + flags + " 4";
      List<String> command = Programs.simplesmtp(all.split(" ", -1));
      Process process =
          new ProcessBuilder(command)
              .redirectError(folder.resolve("err.txt").toFile())
              .redirectOutput(folder.resolve("out.txt").toFile())
              .start();
      try {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> collector.all().size() > 100);
        Programs.Ended kill =
            Programs.run(Programs.installed("kill"), "-s", signal, Long.toString(process.pid()));
        assertThat(kill.status()).isZero();
        assertThat(process.waitFor(Programs.PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(status);
      } finally {
        process.destroyForcibly();
      }
      assertThat(folder.resolve("err.txt")).isEmptyFile();
      JsonObject json =
          Loaded.parsed(Files.readString(folder.resolve("out.txt"), StandardCharsets.UTF_8));
      assertThat(json.get("endedEarly").getAsBoolean()).isTrue();
      assertThat(json.get("failed").getAsLong()).isZero();
      assertThat(json.get("accepted").getAsLong()).isEqualTo(collector.all().size());
      assertThat(json.getAsJsonObject("replies").get("221").getAsLong()).isEqualTo(4);
    }
  }

  @Test
  void onATerminalABarIsShownOnStandardErrorAndTakenAway() throws Exception {
    Collector collector = new Collector();
    try (SmtpServer server = Collector.serve(collector)) {
      String all = "load 127.0.0.1:" + server.port() + " --json --duration 700ms --rate 20/1s";
      List<String> command = new ArrayList<>(Programs.simplesmtp(all.split(" ", -1)));
      command.add(1, "-Dsimplesmtp.terminal.err=true");
      Process process =
          new ProcessBuilder(command)
              .redirectError(folder.resolve("err.txt").toFile())
              .redirectOutput(folder.resolve("out.txt").toFile())
              .start();
      assertThat(process.waitFor(Programs.PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
      assertThat(folder.resolve("err.txt"))
          .content()
          .startsWith("\r\u001b[K[")
          .contains(" % ", " accepted, 0 failed, ")
          .endsWith("\r\u001b[K");
      assertThat(Loaded.parsed(Files.readString(folder.resolve("out.txt"))).get("failed"))
          .hasToString("0");
    }
  }

  @ParameterizedTest
  @CsvSource({"--sessions 10", "--pipelined --sessions 10", "--messages-per-connection 1"})
  void postfixsSinkTakesThousandsWithoutAnError(String flags) throws Exception {
    Path open = Files.createDirectory(folder.resolve("open"));
    Path socket = open.resolve("sink");
    List<String> command = new ArrayList<>(List.of(Programs.installed("smtp-sink")));
    if (Files.getOwner(folder).getName().equals("root")) {
      command.addAll(List.of("-u", "nobody"));
    }
    command.addAll(List.of("unix:" + socket, "50"));
    Process sink = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(socket));
      List<String> arguments = new ArrayList<>(List.of("unix:" + socket, "--json"));
      arguments.addAll(List.of(flags.split(" ", -1)));
      arguments.addAll(List.of("--messages", "3000"));
      Loaded loaded = Loaded.run(arguments.toArray(String[]::new));
      loaded.ends(3000, 0);
      assertThat(loaded.status()).isZero();
      assertThat(loaded.replies(354)).isEqualTo(3000);
    } finally {
      sink.destroy();
      assertThat(sink.waitFor(Programs.PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }
  }
}
