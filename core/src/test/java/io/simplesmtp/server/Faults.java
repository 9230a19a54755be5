package io.simplesmtp.server;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Keeps what servers log as warnings and faults while it is open, in the place of the console, so
 * that a test can expect it and everything else is a failure. That the tests run on an old Java is
 * not the server's.
 */
public final class Faults extends Handler implements AutoCloseable {

  private static final Logger LOGGER = Logger.getLogger("io.simplesmtp.server");

  private final Queue<LogRecord> records = new ConcurrentLinkedQueue<>();

  /** Begins to keep them. */
  public static Faults open() {
    Faults faults = new Faults();
    faults.setLevel(Level.WARNING);
    LOGGER.addHandler(faults);
    LOGGER.setUseParentHandlers(false);
    return faults;
  }

  /** What was logged so far. */
  public Queue<LogRecord> records() {
    return records;
  }

  @Override
  public void publish(LogRecord fault) {
    if (isLoggable(fault) && !fault.getMessage().equals(ServerPlan.PINNING)) {
      records.add(fault);
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    LOGGER.removeHandler(this);
    LOGGER.setUseParentHandlers(LOGGER.getHandlers().length == 0);
  }
}
