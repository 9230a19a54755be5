package io.simplesmtp.app;

import io.simplesmtp.app.load.LoadRun;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Has a load that is ended by Ctrl-C or SIGTERM finish what it has begun, and print its result. */
final class LoadEnding implements AutoCloseable {

  /** How long messages that are in progress have then. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread hook;

  LoadEnding(LoadRun run, Console console) {
    hook = Thread.ofPlatform().name("load-ending").unstarted(() -> end(run, console));
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** The result stands where it belongs. */
  void printed() {
    over.countDown();
  }

  /** Lets the process end, also where there was no result. */
  @Override
  public void close() {
    over.countDown();
    try {
      boolean unused = Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending, and the hook runs.
    }
  }

  private void end(LoadRun run, Console console) {
    run.stop(PATIENCE);
    try {
      boolean unused = over.await(PATIENCE.toMillis() * 2, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    console.flush();
  }
}
