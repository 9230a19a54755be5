package io.simplesmtp.app;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An output that makes nobody wait for those who read it: a thread of its own prints. Lines that
 * come while too much waits to be printed are dropped and counted, and the count is printed in
 * their place.
 *
 * <p>Safe for use by any thread.
 */
final class QueuedOutput extends OutputStream {

  /** How many octets can wait. */
  static final int ROOM = 1 << 20;

  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(1);

  private final PrintStream target;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** What has no end of line yet. */
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  private ByteArrayOutputStream waiting = new ByteArrayOutputStream();
  private long dropped;
  private boolean isPrinting;

  private QueuedOutput(PrintStream target) {
    this.target = target;
  }

  /** A stream in front of this one. Its flush waits a second for what was printed before. */
  static PrintStream before(PrintStream target) {
    QueuedOutput output = new QueuedOutput(target);
    Thread.ofPlatform().daemon().name("output").start(output::printAll);
    return new PrintStream(output, false, target.charset());
  }

  @Override
  public void write(int octet) {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] octets, int offset, int length) {
    lock.lock();
    try {
      line.write(octets, offset, length);
      if (length > 0 && octets[offset + length - 1] == '\n') {
        enqueue();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void flush() {
    lock.lock();
    try {
      enqueue();
      long left = PATIENCE;
      while ((isPrinting || waiting.size() > 0 || dropped > 0) && left > 0) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /** Takes the line, unless it or one before it does not fit. */
  private void enqueue() {
    if (line.size() == 0) {
      return;
    }
    if (dropped > 0 || waiting.size() + line.size() > ROOM) {
      dropped++;
    } else {
      waiting.writeBytes(line.toByteArray());
    }
    line.reset();
    changed.signalAll();
  }

  private void printAll() {
    while (true) {
      try {
        byte[] octets = next();
        target.write(octets, 0, octets.length);
        target.flush();
      } catch (Throwable e) { // no memory: the thread goes on, as nobody would start another
        LockSupport.parkNanos(PATIENCE);
      }
    }
  }

  /** Waits for something to print. */
  private byte[] next() {
    lock.lock();
    try {
      isPrinting = false;
      changed.signalAll();
      while (waiting.size() == 0 && dropped == 0) {
        changed.awaitUninterruptibly();
      }
      if (dropped > 0) {
        String count = "... " + dropped + " lines not printed" + System.lineSeparator();
        waiting.writeBytes(count.getBytes(StandardCharsets.US_ASCII));
        dropped = 0;
      }
      byte[] octets = waiting.toByteArray();
      waiting = new ByteArrayOutputStream();
      isPrinting = true;
      return octets;
    } finally {
      lock.unlock();
    }
  }
}
