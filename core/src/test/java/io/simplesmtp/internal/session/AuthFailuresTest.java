package io.simplesmtp.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplesmtp.server.Admission;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AuthFailuresTest {

  private static final Admission ADMISSION =
      Admission.DEFAULT
          .withAuthFailuresPerClient(3)
          .withAuthFailureWindow(Duration.ofSeconds(60))
          .withAuthFailureDelay(Duration.ofSeconds(1));

  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5); // it may overflow
  private final AuthFailures failures = new AuthFailures(ADMISSION, clock::get);

  @Test
  void aClientIsBarredUntilItsWindowEnds() throws Exception {
    Optional<InetAddress> client = client("192.0.2.1");
    failures.failed(client, 1);
    pass(59);
    failures.failed(client, 1);
    assertThat(isBarred(client)).isFalse();
    failures.failed(client, 1);
    assertThat(isBarred(client)).isTrue();
    assertThat(isBarred(client("192.0.2.2"))).isFalse();
    pass(1);
    assertThat(isBarred(client)).isFalse();
    failures.failed(client, 1);
    assertThat(isBarred(client)).isFalse();
  }

  @Test
  void anExchangeUnderWayIsAFailureUntilItEnds() throws Exception {
    Optional<InetAddress> client = client("192.0.2.1");
    failures.failed(client, 1);
    assertThat(failures.begins(client)).isTrue();
    assertThat(failures.begins(client)).isTrue();
    assertThat(failures.begins(client)).isFalse();
    assertThat(failures.begins(client("192.0.2.2"))).isTrue();
    failures.ends(client);
    assertThat(failures.begins(client)).isTrue();
    failures.ends(client);
    failures.failed(client, 1);
    assertThat(failures.begins(client)).isFalse();
    pass(60);
    assertThat(failures.begins(client)).isTrue();
  }

  @Test
  void exchangesThatAreOverLeaveNothing() throws Exception {
    for (int i = 1; i <= 3; i++) {
      assertThat(failures.begins(client("2001:db8::" + i))).isTrue();
    }
    assertThat(failures.begins(client("2001:db8::ffff"))).isFalse();
    assertThat(failures.begins(Optional.empty())).isTrue();
    failures.ends(Optional.empty());
    for (int i = 1; i <= 3; i++) {
      failures.ends(client("2001:db8::" + i));
    }
    assertThat(failures.size()).isZero();
  }

  @Test
  void anIpv6NetworkIsOneClient() throws Exception {
    for (int i = 1; i <= 3; i++) {
      failures.failed(client("2001:db8::" + i), 1);
    }
    assertThat(isBarred(client("2001:db8::ffff"))).isTrue();
    assertThat(isBarred(client("2001:db8:0:1::1"))).isFalse();
  }

  @Test
  void theDelayDoublesUpToABound() throws Exception {
    Optional<InetAddress> client = client("192.0.2.1");
    for (int seconds : new int[] {1, 2, 4, 8, 8, 8}) {
      assertThat(failures.failed(client, 1)).hasSeconds(seconds);
    }
    assertThat(failures.failed(client("192.0.2.2"), 3)).hasSeconds(4);
    assertThat(failures.failed(client("192.0.2.3"), 1000)).hasSeconds(8);
  }

  @Test
  void aClientWithoutAnAddressCountsForItsSessionAlone() {
    for (int i = 1; i <= 4; i++) {
      failures.failed(Optional.empty(), i);
    }
    assertThat(isBarred(Optional.empty())).isFalse();
    assertThat(failures.failed(Optional.empty(), 2)).hasSeconds(2);
    assertThat(failures.size()).isZero();
  }

  @Test
  void theTableIsBoundedAndForgetsTheOldest() throws Exception {
    for (int i = 0; i < 3; i++) {
      failures.failed(client("192.0.2.1"), 1);
      failures.failed(client("192.0.2.2"), 1);
    }
    for (int i = 0; i < AuthFailures.MOST_CLIENTS - 1; i++) {
      byte[] address = {10, (byte) (i >> 16), (byte) (i >> 8), (byte) i};
      failures.failed(Optional.of(InetAddress.getByAddress(address)), 1);
    }
    assertThat(failures.size()).isEqualTo(AuthFailures.MOST_CLIENTS);
    assertThat(isBarred(client("192.0.2.1"))).isFalse();
    assertThat(isBarred(client("192.0.2.2"))).isTrue();
  }

  @Test
  void itsNumbersHaveRanges() {
    assertThatThrownBy(() -> ADMISSION.withAuthFailuresPerClient(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ADMISSION.withAuthFailureWindow(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ADMISSION.withAuthFailureWindow(Duration.ofHours(25)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ADMISSION.withAuthFailureDelay(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ADMISSION.withAuthFailureDelay(Duration.ofSeconds(61)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private boolean isBarred(Optional<InetAddress> client) {
    boolean isFree = failures.begins(client);
    if (isFree) {
      failures.ends(client);
    }
    return !isFree;
  }

  private void pass(int seconds) {
    clock.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }

  private static Optional<InetAddress> client(String address) throws UnknownHostException {
    return Optional.of(InetAddress.getByName(address));
  }
}
