package io.simplesmtp.internal.session;

import io.simplesmtp.internal.session.Deadline.Due;
import io.simplesmtp.schedules.Schedules;
import io.simplesmtp.server.Activity;
import io.simplesmtp.server.CloseCause;
import io.simplesmtp.server.Timeouts;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A connection that waits, those who end its wait, and what each of them learns of it. */
class DeadlineSchedulesTest {

  private static final int ROUNDS = 1_000;
  private static final Duration LONG = Duration.ofHours(1);

  /** One connection, and what became of its wait. */
  private static final class State {
    private final Deadline deadline = new Deadline(Timeouts.DEFAULT);
    private final CountDownLatch woken = new CountDownLatch(1);
    private final AtomicInteger wakes = new AtomicInteger();
    private volatile String wait = "refused";
    private volatile boolean isCut;
    private volatile @Nullable Thread waiting;

    /** In a wait whose moment is now. */
    State waiting() {
      deadline.beginWait(Activity.COMMAND, System.nanoTime(), 0);
      return this;
    }

    void endWait() {
      wait = deadline.endWait() ? "counts" : "dropped";
    }

    void await(long moment) {
      if (deadline.beginWait(Activity.COMMAND, moment, 0)) {
        read();
        endWait();
      }
    }

    /** What a connection does in a wait, which takes its time. */
    static void read() {
      for (int i = 0; i < 200; i++) {
        Thread.onSpinWait();
      }
    }

    void drain() {
      if (deadline.drain()) {
        wakes.incrementAndGet();
        woken.countDown();
      }
    }

    void watch(long now) {
      Due due = deadline.due(now);
      isCut |= due == Due.CUT;
      if (due == Due.WAKE) {
        wakes.incrementAndGet();
        woken.countDown();
      }
    }

    @Override
    public String toString() {
      return wait
          + (isCut ? ", cut" : "")
          + (", woken " + wakes)
          + deadline.interruption().map(cause -> ", " + cause).orElse("");
    }
  }

  @Test
  void aWaitIsOverOrItIsInterruptedByOneAlone() throws Exception {
    Schedules.of(ROUNDS, State::new)
        .actor(state -> state.await(System.nanoTime()))
        .actor(State::drain)
        .actor(state -> state.watch(System.nanoTime()))
        .allow(
            State::toString,
            "counts, woken 0",
            "refused, woken 0, SHUTDOWN",
            "dropped, woken 1, SHUTDOWN",
            "dropped, woken 1, TIMEOUT");
  }

  @Test
  void aWaitThatEndsWithTheServerCountsOrIsInterrupted() throws Exception {
    Schedules.of(ROUNDS, () -> new State().waiting())
        .actor(State::endWait)
        .actor(State::drain)
        .allow(State::toString, "counts, woken 0", "dropped, woken 1, SHUTDOWN");
  }

  @Test
  void aWaitThatEndsAtItsMomentCountsOrIsInterrupted() throws Exception {
    Schedules.of(ROUNDS, () -> new State().waiting())
        .actor(State::endWait)
        .actor(state -> state.watch(System.nanoTime()))
        .allow(State::toString, "counts, woken 0", "dropped, woken 1, TIMEOUT");
  }

  @Test
  void whoWaitsForACommandIsWokenByTheEndOfTheServer() throws Exception {
    Schedules.of(ROUNDS, State::new)
        .actor(state -> {
          if (state.deadline.beginWait(Activity.COMMAND, System.nanoTime(), LONG.toNanos())) {
            state.woken.await();
            state.endWait();
          }
        })
        .actor(State::drain)
        .allow(State::toString, "refused, woken 0, SHUTDOWN", "dropped, woken 1, SHUTDOWN");
  }

  /** Mail data is awaited through the end of the server, but not past its own moment. */
  @Test
  void aWaitForMailDataIsEndedByItsMomentAlone() throws Exception {
    Schedules.of(ROUNDS, State::new)
        .actor(state -> {
          if (state.deadline.beginWait(Activity.DATA, System.nanoTime(), 0)) {
            State.read();
            state.endWait();
          }
        })
        .actor(State::drain)
        .actor(state -> state.watch(System.nanoTime()))
        .allow(State::toString, "counts, woken 0", "dropped, woken 1, TIMEOUT");
  }

  @Test
  void aPauseEndsAtOnceWithTheServer() throws Exception {
    Schedules.of(ROUNDS, State::new)
        .actor(state -> state.wait = state.deadline.pause(LONG) ? "counts" : "dropped")
        .actor(State::drain)
        .allow(State::toString, "dropped, woken 0, SHUTDOWN", "dropped, woken 1, SHUTDOWN");
  }

  @Test
  void aPauseEndsAtOnceWhenItsConnectionIsCut() throws Exception {
    Schedules.of(ROUNDS, State::new)
        .actor(state -> {
          state.waiting = Thread.currentThread();
          state.wait = state.deadline.pause(LONG) ? "counts" : "dropped";
          while (state.woken.getCount() > 0) {
            Thread.onSpinWait();
          }
          Thread.interrupted(); // it may come behind the pause, and must hit no other round
        })
        .actor(state -> {
          state.deadline.interrupt(CloseCause.SHUTDOWN);
          Optional.ofNullable(state.waiting).ifPresent(Thread::interrupt);
          state.woken.countDown();
        })
        .allow(State::toString, "dropped, woken 0, SHUTDOWN");
  }

  @Test
  void aPauseThatIsOverIsNotWoken() throws Exception {
    Schedules.of(ROUNDS, State::new)
        .actor(state -> {
          state.wait = state.deadline.pause(Duration.ofNanos(50_000)) ? "counts" : "dropped";
        })
        .actor(State::drain)
        .allow(
            State::toString,
            "counts, woken 0",
            "dropped, woken 0, SHUTDOWN",
            "dropped, woken 1, SHUTDOWN");
  }

  @Test
  void theFirstCauseStays() throws Exception {
    Schedules.of(ROUNDS, Causes::new)
        .actor(causes -> causes.seen[0] = causes.interrupted(CloseCause.QUIT))
        .actor(causes -> causes.seen[1] = causes.interrupted(CloseCause.TIMEOUT))
        .actor(causes -> causes.seen[2] = causes.interrupted(CloseCause.SHUTDOWN))
        .allow(Causes::toString, "QUIT", "TIMEOUT", "SHUTDOWN");
  }

  /** What each of those who ended a connection saw as the cause. */
  private static final class Causes {
    private final Deadline deadline = new Deadline(Timeouts.DEFAULT);
    private final CloseCause[] seen = new CloseCause[3];

    CloseCause interrupted(CloseCause cause) {
      deadline.interrupt(cause);
      return deadline.interruption().orElseThrow();
    }

    @Override
    public String toString() {
      boolean isOne = seen[0] == seen[1] && seen[1] == seen[2];
      return isOne ? seen[0].toString() : "several";
    }
  }

  /** Its last words have some seconds, however late its moment is seen. */
  @Test
  void nobodyIsCutWhoHasNotBeenWokenBefore() throws Exception {
    Schedules.of(ROUNDS, State::new)
        .actor(state -> {
          long late = System.nanoTime() - 1_000_000_000; // as where a client owes a lot of time
          state.wait = state.deadline.beginWait(Activity.DATA, late, 0) ? "begun" : "refused";
        })
        .actor(state -> {
          while (state.wakes.get() == 0 && !state.isCut) {
            state.watch(System.nanoTime());
          }
        })
        .allow(State::toString, "begun, woken 1, TIMEOUT");
  }
}
