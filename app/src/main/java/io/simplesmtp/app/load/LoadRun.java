package io.simplesmtp.app.load;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Carries out a plan, once, with a virtual thread for each session. */
public final class LoadRun {

  private static final int RANDOM_BITS = 40;

  private final Plan plan;
  private final Script script;
  private final Schedule schedule;
  private final Totals totals = new Totals();
  private final Watch watch;
  private volatile boolean isRunning;

  /**
   * Prepares everything and sends nothing.
   *
   * @throws IllegalArgumentException if messages cannot be as small as that
   */
  public LoadRun(Plan plan) {
    this.plan = plan;
    String random =
        Long.toString(new SecureRandom().nextLong(1L << RANDOM_BITS), Character.MAX_RADIX);
    this.script = new Script(plan.mail(), plan.access().hostname(), random);
    this.schedule = new Schedule(plan.pace());
    this.watch = new Watch(plan.access().timeout().toNanos());
  }

  /**
   * Sends it all; blocks. The first connection is opened before anything else, to see whether the
   * server can be sent such mail at all.
   *
   * @throws UnfitException if it cannot, for want of something
   * @throws IOException if there is no connection to be had
   */
  public Result run() throws IOException {
    try (watch) {
      Opener opener = new Opener(plan, watch, totals.replies, script.room());
      List<Session> sessions = new ArrayList<>();
      for (int i = 0; i < plan.pace().sessions(); i++) {
        sessions.add(new Session(plan, opener, script, schedule, totals));
      }
      sessions.get(0).connect();
      schedule.start();
      isRunning = true;
      List<Future<?>> ends = new ArrayList<>();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        sessions.forEach(session -> ends.add(threads.submit(session)));
      }
      Result result = result(schedule.elapsed());
      for (Future<?> end : ends) {
        if (end.state() == Future.State.FAILED) {
          throw new IllegalStateException("A session ended by a fault", end.exceptionNow());
        }
      }
      return result;
    }
  }

  /** Begins no more messages, and cuts those that are not finished in time. */
  public void stop(Duration patience) {
    schedule.stop();
    watch.cutAll(patience.toNanos());
  }

  /** How far it has come. */
  public Progress progress() {
    long accepted = totals.accepted.sum();
    long failed = totals.failed.sum();
    long nanos = isRunning ? schedule.elapsed() : 0;
    double byCount = (double) (accepted + failed) / plan.pace().messages();
    double byTime = plan.pace().duration().map(d -> (double) nanos / d.toNanos()).orElse(0.0);
    return new Progress(Math.min(1, Math.max(byCount, byTime)), nanos, accepted, failed);
  }

  private Result result(long nanos) {
    long accepted = totals.accepted.sum();
    long failed = totals.failed.sum();
    Result.Messages messages =
        new Result.Messages(
            accepted,
            failed,
            accepted * plan.mail().size(),
            Math.max(0, schedule.due() - accepted - failed),
            totals.refusedRecipients.sum());
    List<Result.Fault> faults =
        totals.errors().entrySet().stream()
            .map(e -> new Result.Fault(e.getKey(), e.getValue().sum()))
            .sorted(Comparator.comparingLong(Result.Fault::count).reversed())
            .toList();
    return new Result(
        nanos,
        messages,
        totals.connections.sum(),
        totals.failedConnections.sum(),
        Latency.of(totals.latency),
        Latency.of(totals.connecting),
        totals.replies.heard(),
        faults,
        totals.otherErrors.sum(),
        schedule.isStopped());
  }
}
