package io.simplesmtp.internal.wire;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What the connections of a server hold in memory together, as far as clients can make it more.
 *
 * <p>It only counts. What would take more asks {@link #isShort} before it begins; what has begun
 * may go on to its own bound. Safe for use by any thread.
 */
public final class Memory {

  /** What a session takes by itself, with its thread; measured, and rounded up. */
  private static final int SESSION = 6 << 10;

  /** What its TLS engine takes besides. */
  private static final int ENGINE = 18 << 10;

  private final long most;
  private final AtomicLong held = new AtomicLong();

  /**
   * Holds nothing yet.
   *
   * @param most octets from which on it is short
   */
  public Memory(long most) {
    this.most = most;
  }

  /** Octets that a session takes beside its buffers and transactions. */
  public static int session(boolean isSecure) {
    return isSecure ? SESSION + ENGINE : SESSION;
  }

  /** Whether nothing more should be begun. */
  public boolean isShort() {
    return held.get() >= most;
  }

  /** The octets that are held now. */
  public long held() {
    return held.get();
  }

  void take(long octets) {
    held.addAndGet(octets);
  }

  void giveBack(long octets) {
    held.addAndGet(-octets);
  }

  /** What one session holds beside its buffers. Used by one thread. */
  public final class Share {

    private long octets;

    /** From now on it holds so many octets. */
    public void hold(long value) {
      if (value != octets) {
        held.addAndGet(value - octets);
        octets = value;
      }
    }

    /** Whether the server as a whole holds so much that nothing more should be begun. */
    public boolean isShort() {
      return Memory.this.isShort();
    }
  }
}
