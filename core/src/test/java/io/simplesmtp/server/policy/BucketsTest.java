package io.simplesmtp.server.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** So many at once, then as many as come back; and never more memory than was said. */
class BucketsTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(90).toNanos());

  @Test
  void tokensComeBackEvenly() {
    Buckets buckets = new Buckets(3, MINUTE, 10, now::get);
    assertThat(taken(buckets, "ann", 5)).isEqualTo(3);
    passes(Duration.ofMillis(19_999));
    assertThat(taken(buckets, "ann", 2)).isZero();
    passes(Duration.ofMillis(1));
    assertThat(taken(buckets, "ann", 2)).isEqualTo(1);
    passes(Duration.ofSeconds(40));
    assertThat(taken(buckets, "ann", 5)).isEqualTo(2);
    passes(Duration.ofDays(300));
    assertThat(taken(buckets, "ann", 5)).isEqualTo(3);
  }

  @Test
  void eachKeyHasItsOwn() {
    Buckets buckets = new Buckets(1, MINUTE, 10, now::get);
    assertThat(buckets.take("ann")).isTrue();
    assertThat(buckets.take("ann")).isFalse();
    assertThat(buckets.take("bob")).isTrue();
  }

  @Test
  void refusalsDoNotCount() {
    Buckets buckets = new Buckets(1, MINUTE, 10, now::get);
    assertThat(taken(buckets, "ann", 100)).isEqualTo(1);
    passes(MINUTE);
    assertThat(buckets.take("ann")).isTrue();
  }

  @Test
  void whenAllPlacesAreTakenTheOthersShareOne() {
    Buckets buckets = new Buckets(2, MINUTE, 3, now::get);
    for (String key : new String[] {"a", "b", "c"}) {
      assertThat(buckets.take(key)).isTrue();
    }
    assertThat(taken(buckets, "d", 1)).isEqualTo(1);
    assertThat(taken(buckets, "e", 1)).isEqualTo(1);
    assertThat(taken(buckets, "f", 1)).isZero();
    assertThat(buckets.take("a")).as("who has a place keeps it").isTrue();
    assertThat(buckets.take("a")).as("and is not forgotten").isFalse();
    assertThat(buckets.size()).isEqualTo(3);
  }

  @Test
  void placesComeFreeWhenTheirTimeIsOver() {
    Buckets buckets = new Buckets(2, MINUTE, 3, now::get);
    buckets.take("a");
    passes(Duration.ofSeconds(30));
    buckets.take("b");
    buckets.take("a");
    buckets.take("c");
    passes(Duration.ofSeconds(30));
    assertThat(taken(buckets, "c", 2)).isEqualTo(2);
    assertThat(buckets.take("d")).as("the shared one").isTrue();
    passes(Duration.ofSeconds(30));
    buckets.take("d");
    assertThat(buckets.size()).as("c and d").isEqualTo(2);
    assertThat(taken(buckets, "c", 2)).as("c is remembered").isEqualTo(1);
  }

  @Test
  void aMillionClientsNeedNoMoreMemoryThanWasSaid() {
    Buckets buckets = new Buckets(5, MINUTE, 1000, now::get);
    int let = 0;
    for (int i = 0; i < 1_000_000; i++) {
      let += taken(buckets, "client " + i, 1);
    }
    assertThat(buckets.size()).isEqualTo(1000);
    assertThat(let).as("a place for each of 1000, and what the others share").isEqualTo(1005);
  }

  @Test
  void manyThreadsGetNoMoreThanThereIs() {
    Buckets buckets = new Buckets(500, MINUTE, 10, now::get);
    AtomicInteger let = new AtomicInteger();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 20; i++) {
        threads.execute(() -> let.addAndGet(taken(buckets, "ann", 100)));
      }
    }
    assertThat(let).hasValue(500);
  }

  @Test
  void boundsAreChecked() {
    for (int tokens : new int[] {0, -1, 1_000_001}) {
      assertThatThrownBy(() -> new Buckets(tokens, MINUTE, 10, now::get))
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (Duration per :
        new Duration[] {Duration.ZERO, Duration.ofNanos(999_999), Duration.ofDays(367)}) {
      assertThatThrownBy(() -> new Buckets(1, per, 10, now::get))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private void passes(Duration time) {
    now.addAndGet(time.toNanos());
  }

  private static int taken(Buckets buckets, String key, int times) {
    int taken = 0;
    for (int i = 0; i < times; i++) {
      taken += buckets.take(key) ? 1 : 0;
    }
    return taken;
  }
}
