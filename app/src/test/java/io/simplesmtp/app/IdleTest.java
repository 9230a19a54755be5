package io.simplesmtp.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program while many are connected and silent. */
@Tag(LongForm.TAG)
class IdleTest {

  private static final int CLIENTS = LongForm.number("idle.clients", 100, 19_900);
  private static final int TLS_CLIENTS = LongForm.number("idle.tls.clients", 20, 5_000);
  private static final int PROCESSES = LongForm.number("idle.processes", 1, 2);
  private static final int MAIL_MILLIS = LongForm.number("idle.mail.millis", 20_000, 1_000);
  private static final int MAILS = 10;
  private static final int SOME = 20;
  private static final int MOST_EACH = 10 << 10;
  private static final int MOST_EACH_UNDER_TLS = 40 << 10;
  private static final int HEAP_SLACK = 4 << 20;
  private static final String COLUMNS =
      "connections,opening_millis,heap_bytes_each,resident_bytes_each,"
          + "resident_bytes_each_before_collection,slowest_mail_millis";
  private static final String[] SERVE = {
    "serve",
    "--listen",
    "127.0.0.1:0",
    "--hostname",
    "mx.test",
    "--max-connections",
    "30000",
    "--timeout",
    "1h"
  };

  /** A process of clients that were connected. */
  private record Clients(Process process, BufferedReader out) {

    int count() throws IOException {
      return Integer.parseInt(out.readLine());
    }
  }

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void manyIdleClientsAreCheapAndHoldNobodyUp(boolean isTls) throws Exception {
    int number = isTls ? TLS_CLIENTS : CLIENTS;
    try (Programs.Server server = Programs.Server.start(Programs.withHeap("512m", SERVE), folder)) {
      server.drop();
      comeAndGo(server.port(), isTls); // what all of them share is there then
      deliver(server.port());
      long heap = Vitals.heapKib(server.process());
      long resident = Vitals.of(server.process()).residentKib();
      long begin = System.nanoTime();
      List<Clients> clients = connect(server.port(), number, isTls);
      int held = 0;
      for (Clients some : clients) {
        held += some.count();
      }
      Duration opening = Duration.ofNanos(System.nanoTime() - begin);
      assertThat(held).isEqualTo(number);
      long residentAtOnce = Vitals.of(server.process()).residentKib();
      long heapThen = Vitals.heapKib(server.process());
      long residentThen = Vitals.of(server.process()).residentKib();
      Duration slowest = deliver(server.port());
      long heapEach = ((heapThen - heap) << 10) / number;
      Figures.anew(isTls ? "idle-tls" : "idle", COLUMNS)
          .add(
              number,
              opening.toMillis(),
              heapEach,
              ((residentThen - resident) << 10) / number,
              ((residentAtOnce - resident) << 10) / number,
              slowest.toMillis());
      assertThat(slowest).isLessThan(Duration.ofMillis(MAIL_MILLIS));
      int most = isTls ? MOST_EACH_UNDER_TLS : MOST_EACH;
      assertThat(heapEach).isLessThan(most + HEAP_SLACK / number);
      assertThat(leave(clients)).isEqualTo(number);
      assertThat((Vitals.heapKib(server.process()) - heap) << 10).isLessThan(HEAP_SLACK);
    }
    assertThat(folder.resolve("err.txt")).isEmptyFile();
  }

  private static void comeAndGo(int port, boolean isTls) throws IOException {
    List<Talk> some = new ArrayList<>();
    for (int i = 0; i < SOME; i++) {
      some.add(isTls ? Courier.withStartTls(port) : Courier.inClear(port));
    }
    for (Talk one : some) {
      one.says("QUIT").hears("221 ").leaves();
    }
  }

  private List<Clients> connect(int port, int number, boolean isTls) throws IOException {
    List<Clients> all = new ArrayList<>();
    for (int i = 0; i < PROCESSES; i++) {
      int share = number / PROCESSES + (i < number % PROCESSES ? 1 : 0);
      List<String> command = new ArrayList<>(Programs.java("-Xmx2g", "-Xss256k", "-cp"));
      command.addAll(List.of(System.getProperty("java.class.path"), IdleClients.class.getName()));
      command.addAll(List.of("" + port, "" + share, "" + (i + 1), "" + isTls));
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      all.add(new Clients(process, process.inputReader(StandardCharsets.US_ASCII)));
    }
    return all;
  }

  private static int leave(List<Clients> clients) throws Exception {
    for (Clients some : clients) {
      some.process().getOutputStream().close();
    }
    int left = 0;
    for (Clients some : clients) {
      left += some.count();
      assertThat(some.process().waitFor()).isZero();
    }
    return left;
  }

  /**
   * Delivers a few messages, each over a connection of its own; returns the time of the slowest.
   */
  private static Duration deliver(int port) throws IOException {
    Duration slowest = Duration.ZERO;
    for (int i = 0; i < MAILS; i++) {
      long begin = System.nanoTime();
      try (Courier courier =
          new Courier(Courier.inClear(port), new Ledger(), new SplittableRandom(i))) {
        courier.sendOne();
        Duration time = Duration.ofNanos(System.nanoTime() - begin);
        slowest = time.compareTo(slowest) > 0 ? time : slowest;
      }
    }
    return slowest;
  }
}
