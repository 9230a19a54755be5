package io.simplesmtp.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.simplesmtp.internal.session.Deadline.Due;
import io.simplesmtp.server.Activity;
import io.simplesmtp.server.CloseCause;
import io.simplesmtp.server.ConnectionInfo;
import io.simplesmtp.server.Listener;
import io.simplesmtp.server.Session;
import io.simplesmtp.server.SessionSnapshot;
import io.simplesmtp.server.Timeouts;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** A wait for the client and its interruption exclude each other. */
class DeadlineTest {

  private static final long SECOND = 1_000_000_000;

  private final Deadline deadline = new Deadline(Timeouts.DEFAULT);
  private final long now = System.nanoTime();

  @Test
  void aWaitForACommandIsInterruptedByTheEndOfTheServer() {
    assertThat(deadline.beginWait(Activity.COMMAND, now, SECOND)).isTrue();
    assertThat(deadline.drain()).isTrue();
    assertThat(deadline.endWait()).as("what was read counts").isFalse();
    assertThat(deadline.interruption()).contains(CloseCause.SHUTDOWN);
  }

  @Test
  void aCommandThatWasReadBeforeIsServed() {
    assertThat(deadline.beginWait(Activity.COMMAND, now, SECOND)).isTrue();
    assertThat(deadline.endWait()).isTrue();
    assertThat(deadline.drain()).isFalse();
    assertThat(deadline.interruption()).isEmpty();
    assertThat(deadline.beginWait(Activity.DATA, now, 0)).as("its mail data is awaited").isTrue();
    assertThat(deadline.endWait()).isTrue();
    assertThat(deadline.beginWait(Activity.COMMAND, now, 0))
        .as("the next command is not")
        .isFalse();
    assertThat(deadline.interruption()).contains(CloseCause.SHUTDOWN);
  }

  @Test
  void aWaitThatIsOverDoesNotExpire() {
    assertThat(deadline.beginWait(Activity.COMMAND, now, 0)).isTrue();
    assertThat(deadline.endWait()).isTrue();
    assertThat(deadline.due(System.nanoTime())).isEqualTo(Due.NOTHING);
    assertThat(deadline.interruption()).isEmpty();
  }

  @Test
  void aWaitThatExpiresIsInterruptedOnceAndForGood() {
    assertThat(deadline.beginWait(Activity.DATA, now, 0)).isTrue();
    assertThat(deadline.due(System.nanoTime())).isEqualTo(Due.WAKE);
    assertThat(deadline.due(System.nanoTime())).isEqualTo(Due.NOTHING);
    assertThat(deadline.endWait()).isFalse();
    deadline.set(Activity.REPLY, now, 0);
    assertThat(deadline.due(System.nanoTime())).as("last words take time").isEqualTo(Due.NOTHING);
    assertThat(deadline.due(System.nanoTime() + 6 * SECOND)).isEqualTo(Due.CUT);
    assertThat(deadline.beginWait(Activity.COMMAND, now, 0)).isFalse();
    assertThat(deadline.interruption()).contains(CloseCause.TIMEOUT);
  }

  @Test
  void whatTheConnectionDoesIsSeenWithItsTime() {
    assertThat(activity()).isEqualTo(Activity.HANDSHAKE);
    deadline.clear();
    assertThat(activity()).isEqualTo(Activity.HANDLER);
    deadline.set(Activity.REPLY, now - SECOND, SECOND);
    assertThat(activity()).isEqualTo(Activity.REPLY);
    assertThat(snapshot().lasting()).isBetween(Duration.ofSeconds(1), Duration.ofMinutes(1));
    assertThat(snapshot().age()).isLessThan(Duration.ofSeconds(1));
    assertThat(deadline.beginWait(Activity.DATA, now, SECOND)).isTrue();
    assertThat(activity()).isEqualTo(Activity.DATA);
    assertThat(deadline.endWait()).isTrue();
    assertThat(activity()).isEqualTo(Activity.HANDLER);
    deadline.interrupt(CloseCause.REFUSED);
    deadline.set(Activity.REPLY, now, SECOND);
    assertThat(activity()).isEqualTo(Activity.CLOSING);
  }

  @Test
  void aMomentIsPastFromItselfOnAndNeverBehindTheEndOfTheSession() {
    deadline.set(Activity.REPLY, now, 1_000);
    assertThat(deadline.due(now + 999)).isEqualTo(Due.NOTHING);
    assertThat(deadline.due(now + 1_000)).isEqualTo(Due.WAKE);
    Deadline other = new Deadline(Timeouts.DEFAULT);
    other.set(Activity.REPLY, now, Duration.ofDays(1).toNanos());
    assertThat(other.due(now + Duration.ofHours(1).toNanos())).isEqualTo(Due.NOTHING);
    assertThat(other.due(now + Duration.ofHours(3).toNanos())).isEqualTo(Due.WAKE);
  }

  @Test
  void aPauseLastsAsLongAsItIsAskedFor() {
    long begin = System.nanoTime();
    assertThat(deadline.pause(Duration.ofMillis(2))).isTrue();
    assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(2_000_000);
  }

  @Test
  void theEndOfTheServerEndsAPause() throws Exception {
    FutureTask<Boolean> pause = new FutureTask<>(() -> deadline.pause(Duration.ofHours(1)));
    Thread.ofVirtual().start(pause);
    await().until(deadline::drain);
    assertThat(pause.get()).isFalse();
    assertThat(deadline.pause(Duration.ofHours(1))).as("nor is there another").isFalse();
  }

  @Test
  void aCutConnectionEndsItsPause() throws Exception {
    FutureTask<Boolean> pause = new FutureTask<>(() -> deadline.pause(Duration.ofHours(1)));
    Thread connection = Thread.ofVirtual().start(pause);
    connection.interrupt();
    assertThat(pause.get()).isTrue();
    assertThat(deadline.drain()).as("nothing is waited for any more").isFalse();
  }

  @Test
  void mailDataIsNotInterruptedByTheEndOfTheServer() {
    assertThat(deadline.beginWait(Activity.DATA, now, SECOND)).isTrue();
    assertThat(deadline.drain()).isFalse();
    assertThat(deadline.endWait()).isTrue();
    assertThat(deadline.interruption()).isEmpty();
  }

  @Test
  void theFirstCauseStays() {
    deadline.interrupt(CloseCause.TIMEOUT);
    deadline.interrupt(CloseCause.SHUTDOWN);
    assertThat(deadline.drain()).isFalse();
    assertThat(deadline.interruption()).contains(CloseCause.TIMEOUT);
  }

  private Activity activity() {
    return snapshot().activity();
  }

  private SessionSnapshot snapshot() {
    InetSocketAddress nowhere = InetSocketAddress.createUnresolved("client.test", 25);
    ConnectionInfo connection = new ConnectionInfo(nowhere, nowhere, Listener.smtp(25));
    return deadline.snapshot(
        new Session("S1", connection, Optional.empty(), Optional.empty(), Optional.empty()));
  }
}
