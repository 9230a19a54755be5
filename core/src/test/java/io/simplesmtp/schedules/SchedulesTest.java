package io.simplesmtp.schedules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The rounds find what is wrong with the simplest of all races. */
class SchedulesTest {

  /** Counts in two steps, with nothing between them to keep others out. */
  private static final class Torn {
    private volatile int count;

    void add() {
      int before = count;
      Thread.onSpinWait();
      count = before + 1;
    }
  }

  @Test
  void aCountInTwoStepsIsSeenToLoseOne() throws Exception {
    Set<String> seen = new TreeSet<>();
    for (int tries = 0; tries < 2_000 && seen.size() < 2; tries++) {
      seen.addAll(
          Schedules.of(200, Torn::new)
              .actor(Torn::add)
              .actor(Torn::add)
              .run(torn -> String.valueOf(torn.count))
              .keySet());
    }
    assertThat(seen).containsExactly("1", "2");
  }

  @Test
  void aCountInOneStepLosesNone() throws Exception {
    Schedules.of(1_000, AtomicInteger::new)
        .actor(AtomicInteger::incrementAndGet)
        .actor(AtomicInteger::incrementAndGet)
        .allow(AtomicInteger::toString, "2");
  }

  @Test
  void anOutcomeThatIsNotAllowedIsAFailure() {
    assertThatThrownBy(() ->
            Schedules.of(1, AtomicInteger::new)
                .actor(count -> count.set(7))
                .allow(AtomicInteger::toString, "8"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("7");
  }

  @Test
  void anActorThatFailsIsAFailure() {
    Schedules.Actor<AtomicInteger> failing =
        count -> {
          throw new IllegalStateException("at " + count);
        };
    assertThatThrownBy(
            () -> Schedules.of(1, AtomicInteger::new).actor(failing).run(String::valueOf))
        .isInstanceOf(AssertionError.class)
        .hasRootCauseMessage("at 0");
  }
}
