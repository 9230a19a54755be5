package io.simplesmtp.internal.wire;

import java.util.concurrent.atomic.LongAdder;

/**
 * What the connections of a server hold in memory together, as far as clients can make it more.
 *
 * <p>It only counts. What would take more asks {@link #isShort} before it begins. What has begun
 * may go on to its own bound, but takes no other buffer once memory {@link #isUsedUp}. Safe for use
 * by any thread.
 */
public final class Memory {

  /** What a TLS engine takes; measured, and rounded up. */
  public static final int ENGINE = 18 << 10;

  /** What a session takes by itself, with its thread; measured, and rounded up. */
  static final int SESSION = 6 << 10;

  /** What a share is rounded up to; a power of 2. */
  private static final long STEP = 4 << 10;

  /** What may be taken past the bound, at the least. */
  private static final long MARGIN = 1 << 20;

  private final long most;
  private final LongAdder held = new LongAdder();

  /**
   * Holds nothing yet.
   *
   * @param most octets from which on it is short
   */
  public Memory(long most) {
    this.most = most;
  }

  /** Counts a session in, before anything is done for it. */
  public void beginSession() {
    take(SESSION);
  }

  /** Counts a session out. */
  public void endSession() {
    giveBack(SESSION);
  }

  /** Whether nothing more should be begun. */
  public boolean isShort() {
    return held.sum() >= most;
  }

  /**
   * Whether a buffer more could be one too many for the heap: there are a quarter more octets than
   * those from which on it is short.
   */
  boolean isUsedUp() {
    return held.sum() - most >= Math.max(most / 4, MARGIN);
  }

  /**
   * For what has begun, and needs more than it holds.
   *
   * @throws MemoryException if memory is used up
   */
  public void checkRoom() throws MemoryException {
    if (isUsedUp()) {
      throw new MemoryException();
    }
  }

  /** The octets that are held now. */
  public long held() {
    return held.sum();
  }

  void take(long octets) {
    held.add(octets);
  }

  void giveBack(long octets) {
    held.add(-octets);
  }

  /** What a part of a session holds beside buffers. Used by one thread. */
  public final class Share {

    private long octets;

    /** From now on it holds so many octets; counted in steps, so that a little more is free. */
    public void hold(long value) {
      long rounded = (value + STEP - 1) & -STEP;
      if (rounded != octets) {
        held.add(rounded - octets);
        octets = rounded;
      }
    }

    /**
     * The same for what has begun and can grow.
     *
     * @throws MemoryException if that is more than before, and memory is used up
     */
    public void grow(long value) throws MemoryException {
      long before = octets;
      hold(value);
      if (octets > before) {
        checkRoom();
      }
    }

    /** Whether the server as a whole holds so much that nothing more should be begun. */
    public boolean isShort() {
      return Memory.this.isShort();
    }
  }
}
