package io.simplesmtp.bench;

import java.io.InputStream;

/**
 * The same octets again and again, as a client sends them: no read goes past their end, so that
 * nothing of the next round lies in a buffer before it begins.
 */
final class Cycle extends InputStream {

  private final byte[] octets;
  private int next;

  Cycle(byte[] octets) {
    this.octets = octets;
  }

  @Override
  public int read() {
    throw new UnsupportedOperationException("The core reads in bulk");
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    if (next == octets.length) {
      next = 0;
    }
    int count = Math.min(length, octets.length - next);
    System.arraycopy(octets, next, target, offset, count);
    next += count;
    return count;
  }
}
