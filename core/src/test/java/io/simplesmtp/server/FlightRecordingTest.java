package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.Reply;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import jdk.jfr.Configuration;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Java's flight recorder is told. */
class FlightRecordingTest {

  private static final Path SETTINGS =
      Path.of(System.getProperty("simplesmtp.root"), "packaging", "jfr", "simplesmtp.jfc");

  @TempDir Path folder;

  @Test
  void aRecordingHasEachConnectionSessionTransactionCallAndHandshake() throws Exception {
    Configuration settings = Configuration.create(SETTINGS);
    try (Recording recording = new Recording(settings)) {
      recording.start();
      serveAMessageAndAReset();
      List<RecordedEvent> events = stopped(recording);
      assertThat(told(events, "Connection", e -> e.getString("client")))
          .containsExactly("127.0.0.1");
      assertThat(told(events, "Session", e -> e.getString("hello") + " " + e.getString("cause")))
          .containsExactly("client.test QUIT");
      assertThat(
              told(
                  events,
                  "Transaction",
                  e ->
                      e.getInt("recipients")
                          + " "
                          + e.getLong("octets")
                          + " "
                          + e.getString("reply")))
          .containsExactlyInAnyOrder("1 4 250 2.0.0 OK", "0 0 ");
      assertThat(
              told(events, "HandlerCall", e -> e.getString("method") + " " + e.getString("reply")))
          .contains("mail 250 2.1.0 Sender OK", "rcpt 250 2.1.5 Recipient OK", "data 250 2.0.0 OK");
      assertThat(told(events, "TlsHandshake", e -> e.getString("protocol")))
          .containsExactly("TLSv1.3");
      assertThat(events.stream().map(e -> e.getString("session")).distinct()).hasSize(1);
    }
  }

  @Test
  void aRecordingThatDoesNotAskHasNone() throws Exception {
    try (Recording recording = new Recording(Configuration.getConfiguration("default"))) {
      recording.start();
      serveAMessageAndAReset();
      assertThat(stopped(recording)).isEmpty();
    }
  }

  @Test
  void theSettingsNameEachEvent() throws Exception {
    serveAMessageAndAReset();
    Configuration settings = Configuration.create(SETTINGS);
    List<String> own =
        FlightRecorder.getFlightRecorder().getEventTypes().stream()
            .map(type -> type.getName())
            .filter(name -> name.startsWith("io.simplesmtp."))
            .toList();
    assertThat(own).hasSize(5);
    for (String name : own) {
      assertThat(settings.getSettings()).containsEntry(name + "#enabled", "true");
    }
  }

  private static void serveAMessageAndAReset() throws Exception {
    SmtpServer.Builder settings =
        SmtpServer.builder()
            .listen(TestServer.loopback())
            .tls(TlsConfig.selfSigned("mx.test"))
            .handler((session, envelope, content) -> {
              content.readAllBytes();
              return Reply.OK;
            });
    try (TestServer server = new TestServer(settings);
        Client client = Client.greeted(server.port())) {
      client.says("STARTTLS").hears("220 ").secures("TLSv1.3");
      client.says("EHLO client.test").hears("250 ");
      client.begun().sends("Hi\r\n.\r\n").hears("250 ");
      client.says("MAIL FROM:<>").hears("250 ").says("RSET").hears("250 ");
      client.says("QUIT").hears("221 ").hearsTheEnd();
      client.leaves();
      server.awaitEnded(1);
    }
  }

  private List<RecordedEvent> stopped(Recording recording) throws Exception {
    recording.stop();
    Path file = folder.resolve("recording.jfr");
    recording.dump(file);
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> event.getEventType().getName().startsWith("io.simplesmtp."))
        .toList();
  }

  private static List<String> told(
      List<RecordedEvent> events, String kind, Function<RecordedEvent, String> what) {
    return events.stream()
        .filter(event -> event.getEventType().getName().equals("io.simplesmtp." + kind))
        .map(what)
        .toList();
  }
}
