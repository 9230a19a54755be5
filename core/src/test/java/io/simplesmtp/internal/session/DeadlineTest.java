package io.simplesmtp.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.server.CloseCause;
import io.simplesmtp.server.Timeouts;
import org.junit.jupiter.api.Test;

/** A wait for the client and its interruption exclude each other. */
class DeadlineTest {

  private final Deadline deadline = new Deadline(Timeouts.DEFAULT);
  private final long now = System.nanoTime();

  @Test
  void aWaitForACommandIsInterruptedByTheEndOfTheServer() {
    assertThat(deadline.beginWait(true, now + 1_000_000_000)).isTrue();
    assertThat(deadline.drain()).isTrue();
    assertThat(deadline.endWait()).as("what was read counts").isFalse();
    assertThat(deadline.interruption()).contains(CloseCause.SHUTDOWN);
  }

  @Test
  void aCommandThatWasReadBeforeIsServed() {
    assertThat(deadline.beginWait(true, now + 1_000_000_000)).isTrue();
    assertThat(deadline.endWait()).isTrue();
    assertThat(deadline.drain()).isFalse();
    assertThat(deadline.interruption()).isEmpty();
    assertThat(deadline.beginWait(false, now)).as("its mail data is awaited").isTrue();
    assertThat(deadline.endWait()).isTrue();
    assertThat(deadline.beginWait(true, now)).as("the next command is not").isFalse();
    assertThat(deadline.interruption()).contains(CloseCause.SHUTDOWN);
  }

  @Test
  void aWaitThatIsOverDoesNotExpire() {
    assertThat(deadline.beginWait(true, now)).isTrue();
    assertThat(deadline.endWait()).isTrue();
    assertThat(deadline.expire(System.nanoTime())).isFalse();
    assertThat(deadline.interruption()).isEmpty();
  }

  @Test
  void aWaitThatExpiresIsInterruptedOnceAndForGood() {
    assertThat(deadline.beginWait(false, now)).isTrue();
    assertThat(deadline.expire(System.nanoTime())).isTrue();
    assertThat(deadline.expire(System.nanoTime())).isFalse();
    assertThat(deadline.endWait()).isFalse();
    deadline.set(now);
    assertThat(deadline.isPast(System.nanoTime())).as("there is time for a last reply").isFalse();
    assertThat(deadline.beginWait(true, now)).isFalse();
    assertThat(deadline.interruption()).contains(CloseCause.TIMEOUT);
  }
}
