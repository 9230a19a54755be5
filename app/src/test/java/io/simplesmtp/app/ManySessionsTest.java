package io.simplesmtp.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program while many send at once: {@code simplesmtp load}, a process too, against it. */
@Tag(LongForm.TAG)
class ManySessionsTest {

  private static final int SESSIONS = LongForm.number("active.sessions", 100, 1000);
  private static final int SECONDS = LongForm.number("active.seconds", 1, 60);

  private static final String COLUMNS =
      "sessions,connections,accepted,failed,messages_per_second,p50_micros,p99_micros,max_micros,"
          + "peak_resident_kib,heap_kib_behind";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"serve", "sink"})
  void allOfThemAreServedWithoutAnError(String command) throws Exception {
    String flags =
        command + " --listen 127.0.0.1:0 --hostname mx.test --no-tls --max-connections-per-client ";
    List<String> server = Programs.withHeap("512m", (flags + (SESSIONS + 1)).split(" ", -1));
    try (Programs.Server running = Programs.Server.start(server, folder)) {
      running.drop();
      JsonObject result = load(running.port());
      report(command, result, running.process());
      assertThat(result.get("failed").getAsLong()).as("%s", result).isZero();
      assertThat(result.get("failedConnections").getAsLong()).isZero();
      assertThat(result.get("connections").getAsInt()).as("none anew").isBetween(1, SESSIONS);
      if (command.equals("serve")) {
        Mails mails = new Mails(folder.resolve("mail"));
        assertThat(mails.stored()).hasSize(result.get("accepted").getAsInt());
        assertThat(mails.drafts()).isEmpty();
      }
    }
    assertThat(folder.resolve("err.txt")).isEmptyFile();
  }

  private JsonObject load(int port) throws Exception {
    String arguments =
        "load 127.0.0.1:%d --json --sessions %d --duration %ds --timeout 60s"
            .formatted(port, SESSIONS, SECONDS);
    List<String> command = Programs.withHeap("512m", arguments.split(" ", -1));
    Programs.Ended ended = Programs.run(new ProcessBuilder(command));
    return Loaded.parsed(ended.output());
  }

  private static void report(String command, JsonObject result, Process server) throws Exception {
    JsonObject micros = result.getAsJsonObject("messageMicros");
    Figures.anew("active-" + command, COLUMNS)
        .add(
            SESSIONS,
            result.get("connections"),
            result.get("accepted"),
            result.get("failed"),
            result.get("messagesPerSecond"),
            micros.get("p50"),
            micros.get("p99"),
            micros.get("max"),
            Vitals.peakKib(server),
            Vitals.heapKib(server));
  }
}
