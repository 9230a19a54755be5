package io.simplesmtp.server.policy;

import io.simplesmtp.schedules.Schedules;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Those who take at once get what there is, and not more. */
class BucketsSchedulesTest {

  /** Two tokens for each of two keys; more keys share two others. */
  private static final class State {
    private final Buckets buckets = new Buckets(2, Duration.ofDays(1), 2, () -> 0);
    private final AtomicInteger taken = new AtomicInteger();

    void take(String key) {
      if (buckets.take(key)) {
        taken.incrementAndGet();
      }
    }

    @Override
    public String toString() {
      return taken + " taken, " + buckets.size() + " held";
    }
  }

  @Test
  void threeSessionsOfOneClientGetTwoTokens() throws Exception {
    Schedules.of(500, State::new)
        .actor(state -> state.take("ann"))
        .actor(state -> state.take("ann"))
        .actor(state -> state.take("ann"))
        .allow(State::toString, "2 taken, 1 held");
  }

  @Test
  void noMoreBucketsAreHeldThanThereMayBe() throws Exception {
    Schedules.of(500, State::new)
        .actor(state -> state.take("ann"))
        .actor(state -> state.take("bob"))
        .actor(state -> state.take("eve"))
        .allow(State::toString, "3 taken, 2 held");
  }
}
