package io.simplesmtp.internal.wire;

import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Buffers for what clients send and are sent, which the connections of a server share: one holds a
 * buffer from here only while it receives more than a line, or while replies are gathered for it or
 * put into TLS records, so that idle ones cost little memory. Safe for use by any thread.
 *
 * <p>Pages and those for records are to be had until memory is used up. Of the large ones there are
 * so many and no more, however many clients send at once, because each could stop in the middle and
 * keep its buffer.
 */
public final class Buffers {

  /** Octets of a page: a short message, or a long group of commands. */
  public static final int PAGE = 8_192;

  /** Octets of a buffer for the longest TLS record with short ones before or behind it. */
  public static final int RECORD = 24_576;

  /** Octets of a large buffer, behind which larger ones are no faster; no other has so many. */
  static final int LARGE = (1 << 16) + 64;

  private static final int MOST_LARGE = 256;

  /** A power of 2. */
  private static final int KEPT = 64;

  private final Memory memory;
  private final AtomicReferenceArray<byte @Nullable []> pages = new AtomicReferenceArray<>(KEPT);
  private final AtomicReferenceArray<byte @Nullable []> records = new AtomicReferenceArray<>(KEPT);
  private final AtomicReferenceArray<byte @Nullable []> large = new AtomicReferenceArray<>(KEPT);
  private final AtomicInteger lent = new AtomicInteger();

  /** Lends nothing yet, and counts what it lends. */
  public Buffers(Memory memory) {
    this.memory = memory;
  }

  /** Where what is lent is counted. */
  public Memory memory() {
    return memory;
  }

  /** A page, with anything in it. */
  public byte[] page() throws MemoryException {
    byte[] page = pageIfAny();
    if (page == null) {
      throw new MemoryException();
    }
    return page;
  }

  /** The same; none if memory is used up. */
  byte @Nullable [] pageIfAny() {
    if (memory.isUsedUp()) {
      return null;
    }
    byte[] kept = take(pages);
    byte[] page = kept == null ? new byte[PAGE] : kept;
    memory.take(PAGE);
    return page;
  }

  /** A buffer for TLS records, with anything in it. */
  public byte[] record() throws MemoryException {
    memory.checkRoom();
    return scratch();
  }

  /**
   * The same, to be had also when memory is used up: for who gives it back before it waits for
   * anything, so that there are no more of them than processors.
   */
  public byte[] scratch() {
    byte[] kept = take(records);
    byte[] record = kept == null ? new byte[RECORD] : kept;
    memory.take(RECORD);
    return record;
  }

  /** A large buffer, with anything in it; none if all are lent or memory is short. */
  public byte @Nullable [] large() {
    if (memory.isShort()) {
      return null;
    }
    boolean isLent = false;
    try {
      if (lent.incrementAndGet() > MOST_LARGE) {
        return null;
      }
      byte[] kept = take(large);
      byte[] buffer = kept == null ? new byte[LARGE] : kept;
      memory.take(LARGE);
      isLent = true;
      return buffer;
    } finally {
      if (!isLent) {
        lent.decrementAndGet();
      }
    }
  }

  /** Takes back what was lent from here, once; others are left alone. */
  public void giveBack(byte[] buffer) {
    if (buffer.length == PAGE) {
      put(pages, buffer);
    } else if (buffer.length == RECORD) {
      put(records, buffer);
    } else if (buffer.length == LARGE) {
      put(large, buffer);
      lent.decrementAndGet();
    } else {
      return;
    }
    memory.giveBack(buffer.length);
  }

  /**
   * Whether a stream is known to copy what it is given. Others could keep or change the array,
   * where the octets of other clients will lie, and the commands behind this client's message.
   */
  static boolean mayBeShownTo(OutputStream out) {
    Class<?> kind = out.getClass();
    return kind == NOWHERE || kind == FileOutputStream.class || kind == ByteArrayOutputStream.class;
  }

  private static final Class<?> NOWHERE = OutputStream.nullOutputStream().getClass();

  private static byte @Nullable [] take(AtomicReferenceArray<byte @Nullable []> shelf) {
    int first = place();
    for (int i = 0; i < KEPT; i++) {
      int at = (first + i) & (KEPT - 1);
      if (shelf.getPlain(at) != null) {
        byte[] kept = shelf.getAndSet(at, null);
        if (kept != null) {
          return kept;
        }
      }
    }
    return null;
  }

  private static void put(AtomicReferenceArray<byte @Nullable []> shelf, byte[] buffer) {
    int first = place();
    for (int i = 0; i < KEPT; i++) {
      int at = (first + i) & (KEPT - 1);
      if (shelf.getPlain(at) == null && shelf.compareAndSet(at, null, buffer)) {
        return;
      }
    }
  }

  /** Where a thread looks first, so that two seldom meet. */
  private static int place() {
    return (int) Thread.currentThread().threadId();
  }
}
