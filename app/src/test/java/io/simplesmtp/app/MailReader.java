package io.simplesmtp.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;

/** Reads a Maildir as mail comes in: checks each message by a ledger, and takes it away. */
final class MailReader implements AutoCloseable {

  private static final Duration PAUSE = Duration.ofMillis(200);

  private final Mails mails;
  private final Ledger ledger;
  private final ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor();
  private final Future<?> reading;
  private volatile boolean isOver;

  MailReader(Mails mails, Ledger ledger) {
    this.mails = mails;
    this.ledger = ledger;
    reading = thread.submit(this::read);
  }

  private Void read() throws IOException {
    boolean isLast;
    do {
      isLast = isOver;
      for (Path file : mails.stored()) {
        ledger.find(file);
        Files.delete(file);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    } while (!isLast);
    return null;
  }

  /** Whether a message was not as it should be, which {@link #close} tells. */
  boolean hasFailed() {
    return reading.isDone();
  }

  /** Reads what there is now, and says what was not as it should be. */
  @Override
  public void close() {
    isOver = true;
    Awaitility.await().atMost(Duration.ofSeconds(Programs.PATIENCE_SECONDS)).until(reading::isDone);
    thread.close();
    if (reading.state() == Future.State.FAILED) {
      throw new AssertionError(reading.exceptionNow());
    }
  }
}
