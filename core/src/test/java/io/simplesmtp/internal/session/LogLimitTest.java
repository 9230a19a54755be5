package io.simplesmtp.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** So many lines at once, then so many a second, and what was left out is told. */
class LogLimitTest {

  private static final long BEGIN = Long.MAX_VALUE - 5; // the clock may run over

  private final LogLimit limit = new LogLimit(3, 10, BEGIN);

  @Test
  void aBurstIsLoggedAndWhatComesBehindItIsCounted() {
    for (int i = 0; i < 3; i++) {
      assertThat(limit.next(BEGIN)).hasValue(0);
    }
    assertThat(limit.next(BEGIN)).isEmpty();
    assertThat(limit.next(BEGIN + millis(99))).isEmpty();
    assertThat(limit.next(BEGIN + millis(100))).hasValue(2);
    assertThat(limit.next(BEGIN + millis(199))).isEmpty();
    assertThat(limit.next(BEGIN + millis(200))).hasValue(1);
  }

  @Test
  void afterAQuietTimeThereIsABurstAgainAndNoLongerOne() {
    for (int i = 0; i < 4; i++) {
      var unused = limit.next(BEGIN);
    }
    long later = BEGIN + TimeUnit.HOURS.toNanos(1);
    assertThat(limit.next(later)).hasValue(1);
    assertThat(limit.next(later)).hasValue(0);
    assertThat(limit.next(later)).hasValue(0);
    assertThat(limit.next(later)).isEmpty();
  }

  private static long millis(int count) {
    return TimeUnit.MILLISECONDS.toNanos(count);
  }
}
