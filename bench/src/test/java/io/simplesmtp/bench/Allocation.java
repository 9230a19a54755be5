package io.simplesmtp.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.FutureTask;

/** Counts the octets that an operation allocates. */
final class Allocation {

  private static final int WARM_UP = 200;
  private static final int BATCHES = 10;
  private static final int BATCH = 50;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Something that is done again and again. */
  @FunctionalInterface
  interface Operation {
    void run() throws Exception;
  }

  private Allocation() {}

  /** Whether this JVM counts them. */
  static boolean isCounted() {
    return THREADS.isThreadAllocatedMemorySupported() && THREADS.isThreadAllocatedMemoryEnabled();
  }

  /**
   * The octets that an operation allocates once it has been done a while: the least of several
   * batches, because what is linked or resized only now and then is not the operation's. It runs on
   * a platform thread of its own, where stack traces are short, whoever asks.
   */
  static long of(Operation operation) throws Exception {
    FutureTask<Long> least = new FutureTask<>(() -> least(operation));
    Thread.ofPlatform().start(least);
    return least.get();
  }

  private static long least(Operation operation) throws Exception {
    repeat(operation, WARM_UP);
    long least = Long.MAX_VALUE;
    for (int i = 0; i < BATCHES; i++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      repeat(operation, BATCH);
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    return least / BATCH;
  }

  private static void repeat(Operation operation, int times) throws Exception {
    for (int i = 0; i < times; i++) {
      operation.run();
    }
  }
}
