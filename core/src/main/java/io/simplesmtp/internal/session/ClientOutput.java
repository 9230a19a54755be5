package io.simplesmtp.internal.session;

import io.simplesmtp.server.Activity;
import io.simplesmtp.server.Timeouts;
import java.io.IOException;
import java.io.OutputStream;

/** What the client receives, written under a deadline: a client that does not read is cut off. */
final class ClientOutput extends OutputStream {

  private final Transport transport;
  private final Deadline deadline;
  private final Timeouts timeouts;

  ClientOutput(Transport transport, Deadline deadline, Timeouts timeouts) {
    this.transport = transport;
    this.deadline = deadline;
    this.timeouts = timeouts;
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    deadline.set(Activity.REPLY, System.nanoTime(), Deadline.nanos(timeouts.idle()));
    try {
      transport.out().write(source, offset, length);
      transport.out().flush();
    } finally {
      deadline.clear();
    }
  }
}
