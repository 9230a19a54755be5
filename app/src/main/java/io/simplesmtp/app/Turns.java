package io.simplesmtp.app;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Turns at what takes long, of which only some are given at a time. It is done by threads of the
 * system's, which shares its processors fairly; a virtual one would keep its processor until the
 * end, and there may be no other. A client has one place in the queue, however often it asks: what
 * it asks more waits behind its own, not before others. Safe for use by any thread.
 */
final class Turns {

  private static final long IDLE_SECONDS = 10;

  /** What a client asks stands in one line, of which the first waits for a turn. */
  private record Line(Semaphore first, int length) {

    Line with(int more) {
      return new Line(first, length + more);
    }
  }

  private final ThreadPoolExecutor workers;
  private final Map<Object, Line> lines = new ConcurrentHashMap<>();

  Turns(int atATime) {
    workers =
        new ThreadPoolExecutor(
            atATime,
            atATime,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("turn-", 0).factory());
    workers.allowCoreThreadTimeOut(true);
  }

  /**
   * Blocks until it is the client's turn, and for the check.
   *
   * @throws ExecutionException with what the check threw
   */
  boolean take(Object client, Callable<Boolean> check)
      throws InterruptedException, ExecutionException {
    Line line = lines.merge(client, new Line(new Semaphore(1, true), 1), (own, one) -> own.with(1));
    try {
      line.first().acquire();
      try {
        return done(check);
      } finally {
        line.first().release();
      }
    } finally {
      lines.computeIfPresent(client, (key, own) -> own.length() == 1 ? null : own.with(-1));
    }
  }

  private boolean done(Callable<Boolean> check) throws InterruptedException, ExecutionException {
    Future<Boolean> result = workers.submit(check);
    try {
      return result.get();
    } finally {
      result.cancel(true);
    }
  }

  /** How many clients wait for a turn. */
  int waiting() {
    return workers.getQueue().size();
  }

  /** How often a client asks at the moment. */
  int length(Object client) {
    Line line = lines.get(client);
    return line == null ? 0 : line.length();
  }
}
