package io.simplesmtp.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program under clients of all sorts, for long. */
@Tag(LongForm.TAG)
class SoakTest {

  private static final int WARM_UP_SECONDS = LongForm.number("soak.warmup", 1, 300);
  private static final int SECONDS = LongForm.number("soak.seconds", 2, 3600);
  private static final int SAMPLE_SECONDS = LongForm.number("soak.sample", 1, 10);
  private static final int SAMPLES_OF_HEAP = LongForm.number("soak.heap", 1, 6);
  private static final int TIMES = LongForm.number("soak.clients", 1, 4);
  private static final Duration SLOW =
      Duration.ofMillis(LongForm.number("soak.slow.millis", 300, 8000));
  private static final Duration PAUSE =
      Duration.ofMillis(LongForm.number("soak.pause.millis", 100, 1500));
  private static final Duration BETWEEN_OCTETS = Duration.ofMillis(2);
  private static final int MOST_IN_A_SESSION = 10;
  private static final int SLACK = LongForm.number("soak.slack", 8, 1);
  private static final int HEAP_SLACK_KIB = 4 << 10;
  private static final String[] SERVE = {
    "serve",
    "--listen",
    "127.0.0.1:0",
    "--submissions",
    "127.0.0.1:0",
    "--auth",
    "ann:secret",
    "--hostname",
    "mx.test",
    "--timeout",
    "60s"
  };

  @TempDir Path folder;

  private final Ledger ledger = new Ledger();

  @Test
  void nothingGrowsAndEveryMessageIsAccountedFor() throws Exception {
    Mails mails = new Mails(folder.resolve("mail"));
    Course course = new Course("soak");
    try (Programs.Server server = Programs.Server.start(Programs.simplesmtp(SERVE), folder)) {
      int tlsPort = server.nextPort();
      server.drop();
      try (MailReader reader = new MailReader(mails, ledger)) {
        run(server, tlsPort, WARM_UP_SECONDS, new Course("soak-warm-up"), reader);
        awaitNobody(server.port(), tlsPort);
        long heap = Vitals.heapKib(server.process());
        Vitals before = Vitals.of(server.process());
        run(server, tlsPort, SECONDS, course, reader);
        awaitNobody(server.port(), tlsPort);
        Vitals after = Vitals.of(server.process());
        assertThat(after.descriptors()).isLessThanOrEqualTo(before.descriptors() + 5);
        assertThat(Vitals.heapKib(server.process())).isLessThan(heap + heap / 10 + HEAP_SLACK_KIB);
      }
      Figures.anew("soak-messages", "begun,acknowledged,found")
          .add(ledger.begun(), ledger.acknowledged(), ledger.found());
      assertThat(ledger.missing()).isEmpty();
      assertThat(ledger.acknowledged()).isPositive();
      assertThat(mails.drafts()).isEmpty();
      course.checkFlat(SLACK);
      server.signal("TERM");
      assertThat(server.process().waitFor()).isEqualTo(143);
    }
    assertThat(folder.resolve("err.txt")).isEmptyFile();
  }

  private void run(
      Programs.Server server, int tlsPort, int seconds, Course course, MailReader reader)
      throws Exception {
    Crowd crowd = new Crowd(PAUSE);
    try (crowd) {
      fill(crowd, server.port(), tlsPort);
      long begin = System.nanoTime();
      for (int i = 1; i <= Math.ceilDiv(seconds, SAMPLE_SECONDS); i++) {
        awaitNanos(begin + TimeUnit.SECONDS.toNanos((long) i * SAMPLE_SECONDS));
        Vitals vitals = Vitals.of(server.process());
        OptionalLong heap =
            i % SAMPLES_OF_HEAP == 0
                ? OptionalLong.of(Vitals.heapKib(server.process()))
                : OptionalLong.empty();
        long second = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
        course.add(new Course.Row(second, vitals, heap, ledger.acknowledged()));
        assertThat(reader.hasFailed()).isFalse();
      }
    }
    assertThat(crowd.faults()).isEmpty();
    Figures visits = Figures.anew("soak-visits", "clients,visits");
    for (Map.Entry<String, LongAdder> kind : crowd.visits().entrySet()) {
      visits.add(kind.getKey(), kind.getValue());
    }
  }

  private void fill(Crowd crowd, int port, int tlsPort) {
    crowd.good("in clear", 4 * TIMES, random -> send(Courier.inClear(port), random, crowd));
    crowd.good("STARTTLS", 2 * TIMES, random -> send(Courier.withStartTls(port), random, crowd));
    crowd.good("TLS", 2 * TIMES, random -> send(Courier.withTls(tlsPort), random, crowd));
    crowd.good(
        "slow",
        2 * TIMES,
        random -> {
          try (Courier courier = new Courier(Courier.inClear(port), ledger, random)) {
            courier.sendSlowly(SLOW, BETWEEN_OCTETS);
          }
        });
    Vandal vandal = new Vandal(port, tlsPort, ledger, crowd);
    crowd.bad("resets", TIMES, vandal::resets);
    crowd.bad("resets under TLS", TIMES, vandal::resetsUnderTls);
    crowd.bad("half-closes", TIMES, vandal::halfCloses);
    crowd.bad("garbage", TIMES, vandal::sendsGarbage);
    crowd.bad("broken handshakes", TIMES, vandal::breaksHandshakes);
    crowd.bad("never reads", TIMES, vandal::neverReads);
    crowd.bad("comes and goes", TIMES, vandal::comesAndGoes);
  }

  private void send(Talk greeted, SplittableRandom random, Crowd crowd) throws IOException {
    try (Courier courier = new Courier(greeted, ledger, random)) {
      for (int i = random.nextInt(MOST_IN_A_SESSION); i >= 0 && !crowd.isOver(); i--) {
        courier.sendOne();
        crowd.pause(random);
      }
      if (random.nextBoolean()) {
        courier.quits();
      }
    }
  }

  /** Waits until all clients are gone from the server. */
  private static void awaitNobody(int port, int tlsPort) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .until(() -> Vitals.connections(port) + Vitals.connections(tlsPort) == 0);
  }

  private static void awaitNanos(long moment) {
    for (long left = 1; left > 0; left = moment - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
