package io.simplesmtp.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.internal.session.Deadline.Due;
import io.simplesmtp.server.Activity;
import io.simplesmtp.server.Admission;
import io.simplesmtp.server.ConnectionInfo;
import io.simplesmtp.server.Listener;
import io.simplesmtp.server.Session;
import io.simplesmtp.server.Timeouts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What many sessions use, each with its own thread, and what two tables of failures count. */
class SharedCountsTest {

  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final Optional<InetAddress> CLIENT = Optional.of(LOOPBACK);
  private static final Session SESSION =
      new Session(
          "S1",
          new ConnectionInfo(
              new InetSocketAddress(LOOPBACK, 4711), new InetSocketAddress(25), Listener.smtp(25)),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  @Test
  void noThreadKeepsTheFailuresFromTheOthers() throws Exception {
    AuthFailures failures = failures(2);
    assertThat(elsewhere(() -> failures.begins(CLIENT))).isTrue();
    assertThat(elsewhere(() -> failures.failed(CLIENT, 1))).isZero();
    assertThat(elsewhere(failures::size))
        .as("a client that failed and one that tries")
        .isEqualTo(2);
    assertThat(
            elsewhere(() -> {
              failures.ends(CLIENT);
              return failures.begins(CLIENT);
            }))
        .isTrue();
    assertThat(elsewhere(failures::size)).isEqualTo(2);
    assertThat(elsewhere(() -> failures.begins(CLIENT))).isFalse();
  }

  @Test
  void noThreadKeepsADeadlineFromTheOthers() throws Exception {
    Deadline deadline = new Deadline(Timeouts.DEFAULT);
    assertThat(elsewhere(() -> deadline.snapshot(SESSION)).activity())
        .isEqualTo(Activity.HANDSHAKE);
    assertThat(elsewhere(() -> deadline.beginWait(Activity.COMMAND, System.nanoTime(), 0)))
        .isTrue();
    assertThat(elsewhere(() -> deadline.due(System.nanoTime()))).isEqualTo(Due.WAKE);
    assertThat(elsewhere(() -> deadline.due(System.nanoTime()))).isEqualTo(Due.NOTHING);
    assertThat(elsewhere(deadline::endWait)).isFalse();
    assertThat(elsewhere(deadline::drain)).isFalse();
    assertThat(elsewhere(() -> deadline.snapshot(SESSION)).activity()).isEqualTo(Activity.CLOSING);
  }

  @Test
  void noThreadKeepsALogFromTheOthers() throws Exception {
    LogLimit limit = new LogLimit(1, 1, 0);
    assertThat(elsewhere(() -> limit.next(0))).hasValue(0);
    assertThat(elsewhere(() -> limit.next(0))).isEmpty();
    assertThat(elsewhere(() -> limit.next(TimeUnit.SECONDS.toNanos(2)))).hasValue(1);
  }

  /** Both those of the server and those of its listener. */
  @Test
  void aCheckBeginsWhereBothTablesLetItAndLeavesNothingWhereOneDoesNot() {
    AuthFailures many = failures(2);
    AuthFailures one = failures(1);
    Authentication both =
        new Authentication("mx.test", List.of(), CredentialChecks.NONE, true, List.of(many, one));
    assertThat(both.begins(SESSION)).isTrue();
    assertThat(both.begins(SESSION)).isFalse();
    both.ends(SESSION);
    assertThat(many.size()).isZero();
    assertThat(one.size()).isZero();
    assertThat(both.failed(SESSION, 1)).isZero();
    assertThat(both.begins(SESSION)).as("barred by one of them").isFalse();
    assertThat(many.begins(CLIENT)).isTrue();
  }

  private static AuthFailures failures(int most) {
    return new AuthFailures(
        Admission.DEFAULT.withAuthFailuresPerClient(most).withAuthFailureDelay(Duration.ZERO));
  }

  /** What a thread of its own is told; it is not waited for forever. */
  private static <T> T elsewhere(Callable<T> question) throws Exception {
    FutureTask<T> asked = new FutureTask<>(question);
    Thread.startVirtualThread(asked);
    return asked.get(20, TimeUnit.SECONDS);
  }
}
