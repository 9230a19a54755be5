package io.simplesmtp.internal.session;

import io.simplesmtp.schedules.Schedules;
import io.simplesmtp.server.Admission;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Failures of one client in several sessions at once are counted one by one. */
class AuthFailuresSchedulesTest {

  private static final Admission ADMISSION =
      Admission.DEFAULT.withAuthFailuresPerClient(3).withAuthFailureDelay(Duration.ofSeconds(1));

  private static final Optional<InetAddress> CLIENT = Optional.of(InetAddress.getLoopbackAddress());

  /** What each session was told to hold back its reply. */
  private static final class State {
    private final AuthFailures failures = new AuthFailures(ADMISSION, () -> 0);
    private final long[] delays = new long[3];

    void fail(int session) {
      delays[session] = failures.failed(CLIENT, 1).toSeconds();
    }

    @Override
    public String toString() {
      Arrays.sort(delays);
      return Arrays.toString(delays) + (!failures.begins(CLIENT) ? ", barred" : "");
    }
  }

  @Test
  void noFailureIsLostAndTheLastOneBars() throws Exception {
    Schedules.of(500, State::new)
        .actor(state -> state.fail(0))
        .actor(state -> state.fail(1))
        .actor(state -> state.fail(2))
        .allow(State::toString, "[1, 2, 4], barred");
  }
}
