package io.simplesmtp.internal.session;

import io.simplesmtp.internal.wire.ReplyWriter;
import io.simplesmtp.server.Activity;
import io.simplesmtp.server.Timeouts;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;

/**
 * What the client sends, read under the deadline that fits what is read. Before it blocks the
 * replies that were gathered go out, which is all that PIPELINING asks of a server (RFC 2920
 * section 3.2).
 */
final class ClientInput extends InputStream {

  private enum Expected {
    COMMAND,
    REST_OF_COMMAND,
    DATA
  }

  private final Transport transport;
  private final ReplyWriter writer;
  private final Deadline deadline;
  private final Timeouts timeouts;
  private Expected expected = Expected.COMMAND;
  private long begin;
  private long octets;
  private long waited;

  ClientInput(Transport transport, ReplyWriter writer, Deadline deadline, Timeouts timeouts) {
    this.transport = transport;
    this.writer = writer;
    this.deadline = deadline;
    this.timeouts = timeouts;
  }

  /**
   * A line comes next.
   *
   * @param hasBegun whether octets of it are here already
   */
  void expectLine(boolean hasBegun) {
    expected = hasBegun ? Expected.REST_OF_COMMAND : Expected.COMMAND;
    begin = hasBegun ? System.nanoTime() : 0;
  }

  /** Mail data comes next. */
  void expectData() {
    expected = Expected.DATA;
    octets = 0;
    waited = 0;
  }

  /** More mail data comes next, of the same message: its chunks share one time. */
  void resumeData() {
    expected = Expected.DATA;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Activity wait = expected == Expected.DATA ? Activity.DATA : Activity.COMMAND;
    writer.flush();
    long now = System.nanoTime();
    if (!deadline.beginWait(wait, now, limit(now))) {
      return -1;
    }
    int count;
    boolean isInTime;
    try {
      count = transport.in().read(target, offset, length);
    } finally {
      isInTime = deadline.endWait();
    }
    received(count, now);
    return isInTime ? count : -1;
  }

  private void received(int count, long asked) {
    if (expected == Expected.DATA) {
      octets += Math.max(count, 0);
      waited += System.nanoTime() - asked;
    }
    if (expected == Expected.COMMAND && count > 0) {
      expected = Expected.REST_OF_COMMAND;
      begin = System.nanoTime();
    }
  }

  private long limit(long now) {
    return switch (expected) {
      case COMMAND -> Deadline.nanos(timeouts.idle());
      case REST_OF_COMMAND -> begin + Deadline.nanos(timeouts.command()) - now;
      case DATA -> {
        // Only the time that the server waited is the client's: a slow handler slows it as well.
        long block = Deadline.nanos(timeouts.dataBlock());
        long earned = Math.min(octets / timeouts.minimumRate(), MAX_EARNED);
        long left = block + TimeUnit.SECONDS.toNanos(earned) - waited;
        yield Math.min(block, left);
      }
    };
  }

  /** A year in seconds, which is longer than any session. */
  private static final long MAX_EARNED = TimeUnit.DAYS.toSeconds(365);
}
