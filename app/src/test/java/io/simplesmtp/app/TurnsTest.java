package io.simplesmtp.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TurnsTest {

  private final Turns turns = new Turns(1);
  private final Queue<String> order = new ConcurrentLinkedQueue<>();

  @Test
  void aClientThatAsksOftenHoldsUpNobodyElseForMoreThanOneTurn() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    List<Future<Boolean>> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      results.add(
          threads.submit(() ->
              turns.take(
                  "eve",
                  () -> {
                    begun.countDown();
                    awaited(end);
                    return isNoted("eve");
                  })));
      begun.await();
      for (int i = 0; i < 100; i++) {
        results.add(threads.submit(() -> turns.take("eve", () -> isNoted("eve"))));
      }
      while (turns.length("eve") < 101) {
        Thread.onSpinWait();
      }
      results.add(threads.submit(() -> turns.take("ann", () -> isNoted("ann"))));
      while (turns.waiting() < 1) {
        Thread.onSpinWait();
      }
      end.countDown();
      for (Future<Boolean> result : results) {
        assertThat(result.get()).isTrue();
      }
    }
    assertThat(order).hasSize(102).startsWith("eve", "ann");
    assertThat(turns.length("eve")).isZero();
  }

  @Test
  void whatTakesLongHoldsNoVirtualThreadsProcessor() throws Exception {
    boolean[] isVirtual = {true};
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> result =
          threads.submit(() ->
              turns.take(
                  "ann",
                  () -> {
                    isVirtual[0] = Thread.currentThread().isVirtual();
                    return true;
                  }));
      assertThat(result.get()).isTrue();
    }
    assertThat(isVirtual[0]).isFalse();
  }

  private boolean isNoted(String client) {
    return order.add(client);
  }

  private static void awaited(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
