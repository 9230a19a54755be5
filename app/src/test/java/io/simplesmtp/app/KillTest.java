package io.simplesmtp.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program, killed in the midst of its work, and started again on what it left. */
@Tag(LongForm.TAG)
class KillTest {

  private static final int ROUNDS = LongForm.number("kill.rounds", 4, 100);
  private static final int MOST_MESSAGES = LongForm.number("kill.messages", 60, 150);
  private static final int SEED = LongForm.number("kill.seed", 1, 1);
  private static final int CLIENTS = 8;
  private static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final Duration LONG_AGO = Duration.ofHours(37);
  private static final String[] SERVE = {
    "serve", "--listen", "127.0.0.1:0", "--hostname", "mx.test", "--no-tls"
  };

  @TempDir Path folder;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final Ledger ledger = new Ledger();
  private final Set<Path> checked = new HashSet<>();

  @Test
  void aKilledServerHasEveryMessageThatItAcknowledgedAndNoHalfOne() throws Exception {
    Figures figures = Figures.anew("kill", "round,begun,acknowledged,stored,left_in_tmp");
    for (int round = 1; round <= ROUNDS; round++) {
      List<Path> young = round == 1 ? List.of() : ageSome();
      try (Programs.Server server = Programs.Server.start(Programs.simplesmtp(SERVE), folder)) {
        assertThat(mails().drafts()).isEqualTo(young);
        loadAndKill(server);
      }
      check();
      int left = mails().drafts().size();
      figures.add(round, ledger.begun(), ledger.acknowledged(), ledger.found(), left);
    }
  }

  private void loadAndKill(Programs.Server server) throws Exception {
    server.drop();
    long enough = ledger.acknowledged() + 1 + random.nextInt(MOST_MESSAGES);
    try (Crowd crowd = new Crowd(Duration.ofMillis(10))) {
      crowd.bad("couriers", CLIENTS, clients -> sendUntilKilled(server.port(), clients, crowd));
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(1))
          .until(() -> ledger.acknowledged() >= enough);
      LockSupport.parkNanos(random.nextLong(MOST_NANOS));
      server.process().destroyForcibly();
      assertThat(server.process().waitFor(Programs.PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(server.process().exitValue()).isEqualTo(137);
    }
  }

  private void sendUntilKilled(int port, SplittableRandom clients, Crowd crowd) throws IOException {
    try (Courier courier = new Courier(Courier.inClear(port), ledger, clients)) {
      while (!crowd.isOver()) {
        courier.sendOne();
      }
    }
  }

  /** Checks what the last round stored, and that all from before is still there. */
  private void check() throws IOException {
    List<Path> stored = mails().stored();
    assertThat(stored).containsAll(checked);
    for (Path file : stored) {
      if (checked.add(file)) {
        ledger.find(file);
      }
    }
    assertThat(ledger.missing()).isEmpty();
  }

  /** Has half of what was left half-written be from long ago; returns the others. */
  private List<Path> ageSome() throws IOException {
    List<Path> young = new ArrayList<>();
    for (Path draft : mails().drafts()) {
      if (random.nextBoolean()) {
        Files.setLastModifiedTime(draft, FileTime.from(Instant.now().minus(LONG_AGO)));
      } else {
        young.add(draft);
      }
    }
    return young;
  }

  private Mails mails() {
    return new Mails(folder.resolve("mail"));
  }
}
