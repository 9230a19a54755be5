package io.simplesmtp.transcripts;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.internal.session.Conversation;
import io.simplesmtp.internal.session.Deadline;
import io.simplesmtp.server.CloseCause;
import io.simplesmtp.server.LookUps;
import io.simplesmtp.server.Timeouts;
import io.simplesmtp.server.Tls;
import io.simplesmtp.server.TlsConfig;
import io.simplesmtp.server.TlsInfo;
import io.simplesmtp.server.WatchedServer;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/** Runs a transcript and checks what holds after every dialogue. */
final class Runner {

  private static final Set<CloseCause> BY_SERVER =
      EnumSet.of(CloseCause.QUIT, CloseCause.REFUSED, CloseCause.TLS_FAILURE, CloseCause.TIMEOUT);

  private final Supplier<TlsConfig> tls;

  /** Runs with a certificate that is made when the first transcript needs it. */
  Runner(Supplier<TlsConfig> tls) {
    this.tls = tls;
  }

  void run(Transcript transcript, Way way) throws Exception {
    Application application = new Application(transcript);
    LookUps.forget();
    try (Log log = new Log()) {
      if (way.isInMemory()) {
        runInMemory(transcript, way, application);
      } else {
        runOverSocket(transcript, application);
      }
      checkEnd(transcript, application);
      checkCalls(transcript, application);
      checkLog(transcript, application, log);
      assertThat(LookUps.made()).as("names that were looked up").isEmpty();
    }
  }

  private static void runInMemory(Transcript transcript, Way way, Application application)
      throws Exception {
    Settings settings = transcript.settings();
    MemoryTransport transport = new MemoryTransport(transcript.steps(), way, settings.listener());
    Optional<TlsInfo> tls =
        settings.listener().tls() == Tls.IMPLICIT
            ? Optional.of(transport.startTls())
            : Optional.empty();
    settings.memory().beginSession();
    new Conversation(
            "S1", transport, tls, settings.forSession(application), new Deadline(Timeouts.DEFAULT))
        .run();
    settings.memory().endSession();
    transport.finish();
    assertThat(settings.memory().held()).as("octets that are held behind the end").isZero();
  }

  private void runOverSocket(Transcript transcript, Application application) throws Exception {
    try (WatchedServer server = transcript.settings().start(application, tls);
        SocketClient client = new SocketClient(server.port())) {
      client.play(transcript.steps());
      Awaitility.await()
          .pollInterval(Duration.ofMillis(1))
          .atMost(Duration.ofSeconds(20))
          .until(() -> !application.ends().isEmpty());
    }
  }

  /** Ended once, by the side that the transcript says, and no transaction left without its end. */
  private static void checkEnd(Transcript transcript, Application application) {
    assertThat(application.ends()).as("sessions that ended").hasSize(1);
    assertThat(application.calls("closed")).as("calls of closed").hasSize(1);
    List<Step> steps = transcript.steps();
    boolean isByServer = steps.get(steps.size() - 1) instanceof Step.ServerCloses;
    CloseCause cause = CloseCause.valueOf(application.ends().get(0));
    assertThat(BY_SERVER.contains(cause))
        .as("closed by the server: " + cause)
        .isEqualTo(isByServer);
    assertThat(application.outcomes())
        .as("ends of transactions that came to DATA")
        .hasSameSizeAs(application.calls("beforeData"));
    assertThat(application.calls("completed").size() + application.calls("reset").size())
        .as("ends of transactions that were accepted")
        .isEqualTo(application.accepted());
  }

  private static void checkCalls(Transcript transcript, Application application) {
    List<String> kinds = transcript.calls().stream().map(Application::kind).distinct().toList();
    for (String kind : kinds) {
      assertThat(application.calls(kind))
          .as("calls of " + kind)
          .containsExactlyElementsOf(
              transcript.calls().stream().filter(c -> Application.kind(c).equals(kind)).toList());
    }
    assertThat(application.calls("elsewhere")).as("calls that saw another connection").isEmpty();
    if (!kinds.contains("data")) {
      assertThat(application.calls("data")).as("calls of data").isEmpty();
    }
    for (String kind : transcript.never()) {
      assertThat(application.calls(kind)).as("calls of " + kind).isEmpty();
    }
  }

  /** Each fault of the application is logged once, and no secret stands anywhere. */
  private static void checkLog(Transcript transcript, Application application, Log log) {
    assertThat(log.faults())
        .as("logged faults")
        .hasSize(application.faults())
        .allMatch(fault -> fault instanceof Hook.Fault);
    assertThat(application.told()).containsAll(transcript.commands());
    for (String secret : transcript.hidden()) {
      assertThat(application.told()).as("events").noneMatch(line -> line.contains(secret));
      assertThat(log.texts()).as("log").noneMatch(text -> text.contains(secret));
    }
  }
}
