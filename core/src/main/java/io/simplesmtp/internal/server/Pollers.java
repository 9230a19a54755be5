package io.simplesmtp.internal.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What Java watches the sockets of virtual threads with. It is made when the first of them waits;
 * if clients hold all descriptors in that moment, none can ever wait again.
 */
final class Pollers {

  private static final long MOMENT = TimeUnit.MICROSECONDS.toNanos(100);
  private static final int MOST_MOMENTS = 10_000;

  private Pollers() {}

  /**
   * Has it made, by a wait for a pipe: a server of an inherited socket may be forbidden to make
   * sockets.
   *
   * @throws IOException if there are too few descriptors even now
   */
  static void load() throws IOException {
    Pipe pipe = Pipe.open();
    try (Pipe.SourceChannel source = pipe.source()) {
      FutureTask<Integer> task = new FutureTask<>(() -> source.read(ByteBuffer.allocate(1)));
      try {
        awaitWaiting(Thread.ofVirtual().name("smtp-begin").start(task));
      } finally {
        pipe.sink().close();
      }
      task.get();
    } catch (ExecutionException e) {
      throw new IOException("Virtual threads cannot wait for sockets: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the server starts, and its caller goes on to see it
    }
  }

  /** Returns when the thread waits, or has ended; or after a second, as it should by then. */
  private static void awaitWaiting(Thread thread) {
    int moments = 0;
    while (thread.getState() != Thread.State.WAITING
        && thread.isAlive()
        && moments < MOST_MOMENTS) {
      LockSupport.parkNanos(MOMENT);
      moments++;
    }
  }
}
