package io.simplesmtp.app.load;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends one message after the other, over one connection as long as it holds. A connection that
 * fails costs the message that was under way, and another one is opened for the next.
 */
final class Session implements Runnable {

  private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int MOST_DOUBLINGS = 4;

  private final Plan plan;
  private final Opener opener;
  private final Script script;
  private final Schedule schedule;
  private final Totals totals;
  private @Nullable Mailing mailing;
  private long sent; // over this connection
  private long ahead = Schedule.NONE; // the message that was begun with the content of another
  private long aheadBeginning;
  private boolean isAsked; // whether its envelope went over this connection
  private int failures; // to connect, in a row

  Session(Plan plan, Opener opener, Script script, Schedule schedule, Totals totals) {
    this.plan = plan;
    this.opener = opener;
    this.script = script;
    this.schedule = schedule;
    this.totals = totals;
  }

  /** Opens a connection before there is a message. */
  void connect() throws IOException {
    mailing = open();
  }

  @Override
  public void run() {
    try {
      long number = schedule.next();
      while (number != Schedule.NONE) {
        deliver(number);
        number = ahead == Schedule.NONE ? schedule.next() : ahead;
      }
      if (mailing != null) {
        mailing.quit();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      drop();
    }
  }

  private void deliver(long number) throws InterruptedException {
    long beginning = number == ahead ? aheadBeginning : schedule.beginning(number);
    ahead = Schedule.NONE;
    try {
      Mailing ready = mailing;
      if (ready == null) {
        ready = open();
        mailing = ready;
      }
      if (exchange(ready, number)) {
        totals.accepted(System.nanoTime() - beginning);
      } else {
        totals.failed(ready.failure());
      }
      if (sent == plan.pace().perConnection()) {
        ready.quit();
        drop();
      }
    } catch (IOException e) {
      totals.failed(reason(e));
      drop();
      if (failures > 0) {
        boolean unused = schedule.pause(FIRST_PAUSE << Math.min(failures - 1, MOST_DOUBLINGS));
      }
    }
  }

  private Mailing open() throws IOException {
    long begin = System.nanoTime();
    try {
      Opener.Opened opened = opener.open();
      totals.connected(System.nanoTime() - begin);
      failures = 0;
      return new Mailing(opened, script, plan, totals::recipientRefused);
    } catch (IOException e) {
      totals.failedConnections.increment();
      failures++;
      throw e;
    }
  }

  /** Sends a message and hears what becomes of it. */
  private boolean exchange(Mailing ready, long number) throws IOException {
    boolean wasAsked = isAsked;
    isAsked = false;
    boolean mayFollow = wasAsked ? ready.hearEnvelope() : ready.envelope(number);
    sent++;
    if (!mayFollow) {
      return false;
    }
    ready.appendContent(number);
    if (plan.mail().isPipelined() && !plan.mail().isBdat()) {
      goOn(ready);
    }
    ready.flush();
    return ready.hearContent();
  }

  /** Puts into the group what comes after the content. */
  private void goOn(Mailing ready) throws IOException {
    if (sent == plan.pace().perConnection()) {
      ready.appendQuit();
      return;
    }
    ahead = schedule.nextIfDue();
    if (ahead != Schedule.NONE) {
      aheadBeginning = schedule.beginning(ahead);
      ready.appendEnvelope(ahead);
      isAsked = true;
    }
  }

  private void drop() {
    if (mailing != null) {
      mailing.close();
    }
    mailing = null;
    sent = 0;
    isAsked = false;
  }

  private static String reason(IOException fault) {
    String text = fault.getMessage();
    return text == null ? fault.getClass().getSimpleName() : text;
  }
}
