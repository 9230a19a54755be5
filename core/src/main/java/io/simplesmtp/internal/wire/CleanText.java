package io.simplesmtp.internal.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds text that can be passed on as it lies: every CR has its LF and every LF its CR, no octet is
 * NUL, and no line begins with a dot.
 *
 * <p>It looks at eight octets at a time, without a branch for any of them, so that the compiler can
 * make vector instructions of the loop. What is found is left to code that looks at each octet:
 * nearly all mail is clean, and nothing is decided here.
 */
final class CleanText {

  /** Octets that are judged at once: enough for vectors of any size to be filled often. */
  static final int BLOCK = 1024;

  /** Octets that are judged at once where a block is not clean, or there is no whole one. */
  static final int STEP = 64;

  /** Octets behind a block that must be there to judge it: LF and a dot may follow a CR. */
  private static final int AHEAD = 2;

  private static final VarHandle OCTETS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private static final long EACH = 0x0101010101010101L;
  private static final long HIGH = EACH << 7;
  private static final long LOW = ~HIGH;
  private static final long CR = EACH * '\r';
  private static final long LF = EACH * '\n';
  private static final long DOT = EACH * '.';

  private CleanText() {}

  /**
   * Counts clean octets from an index on, fewer by less than a word than there are.
   *
   * @param from is judged as if neither CR nor LF stood before it
   * @param to the end of what may be counted
   * @param limit the end of what may be looked at
   */
  static int count(byte[] buffer, int from, int to, int limit) {
    int end = Math.min(to, limit - AHEAD);
    int i = pass(buffer, from, end, BLOCK);
    i = pass(buffer, i, end, STEP);
    i = pass(buffer, i, end, Long.BYTES);
    return i - from;
  }

  /** Passes so many octets at a time as long as they are clean; returns where it stopped. */
  private static int pass(byte[] buffer, int from, int end, int size) {
    int i = from;
    while (end - i >= size && isClean(buffer, i, i + size)) {
      i += size;
    }
    return i;
  }

  private static boolean isClean(byte[] buffer, int from, int to) {
    long found = 0;
    for (int i = from; i < to; i += Long.BYTES) {
      long first = (long) OCTETS.get(buffer, i);
      long lf = others((long) OCTETS.get(buffer, i + 1) ^ LF);
      long dot = others((long) OCTETS.get(buffer, i + 2) ^ DOT);
      found |= (others(first ^ CR) ^ lf) | ~others(first) | ~(lf | dot);
    }
    return (found & HIGH) == 0;
  }

  /** Sets the high bit of each octet that is not 0; the other bits mean nothing. */
  private static long others(long octets) {
    return ((octets & LOW) + LOW) | octets;
  }
}
