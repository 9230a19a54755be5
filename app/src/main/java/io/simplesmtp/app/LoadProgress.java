package io.simplesmtp.app;

import io.simplesmtp.app.load.LoadRun;
import io.simplesmtp.app.load.Progress;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A bar on a terminal that shows how far a load has come; nothing where there is no terminal. */
final class LoadProgress implements AutoCloseable {

  /** The launcher sets it when standard error is a terminal, which Java 21 cannot find out. */
  private static final String TERMINAL = "simplesmtp.terminal.err";

  private static final int PERIOD_MILLIS = 200;
  private static final int WIDTH = 30;
  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final String ERASE = "\r\u001b[K";

  private final LoadRun run;
  private final PrintStream err;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("progress").factory());
  private boolean isShown;

  LoadProgress(LoadRun run, PrintStream err) {
    this.run = run;
    this.err = err;
  }

  void start() {
    if (Boolean.getBoolean(TERMINAL)) {
      isShown = true;
      var unused =
          clock.scheduleAtFixedRate(
              () -> show(run.progress()), PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** Takes the bar away. */
  void stop() {
    close();
    if (isShown) {
      isShown = false;
      err.print(ERASE);
      err.flush();
    }
  }

  @Override
  public void close() {
    clock.shutdown();
    try {
      boolean unused = clock.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void show(Progress progress) {
    err.print(ERASE + line(progress));
    err.flush();
  }

  /** The line as it stands on the terminal. */
  static String line(Progress progress) {
    int done = (int) (progress.part() * WIDTH);
    return String.format(
        Locale.ROOT,
        "[%s%s] %3.0f %%  %,d accepted, %,d failed, %,.0f/s",
        "#".repeat(done),
        "-".repeat(WIDTH - done),
        progress.part() * 100,
        progress.accepted(),
        progress.failed(),
        progress.accepted() * NANOS / Math.max(progress.nanos(), 1));
  }
}
