package io.simplesmtp.internal.wire;

import io.simplesmtp.schedules.Schedules;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A buffer is one connection's at a time, and what is given back is counted back. */
class BuffersSchedulesTest {

  private static final int ROUNDS = 500;

  /** Buffers of which one of each kind was lent before, so that it lies there for all. */
  private static final class State {
    private final Memory memory = new Memory(1 << 20);
    private final Buffers buffers = new Buffers(memory);
    private volatile boolean isShared;

    State() {
      try {
        buffers.giveBack(buffers.page());
        buffers.giveBack(buffers.record());
        giveBack(buffers.large());
      } catch (MemoryException e) {
        throw new IllegalStateException(e);
      }
    }

    /** Writes into what it is lent, and looks whether that stays. */
    void use(Lender lender, int mark) throws MemoryException {
      byte[] buffer = lender.lend();
      if (buffer != null) {
        buffer[0] = (byte) mark;
        buffer[buffer.length - 1] = (byte) mark;
        for (int i = 0; i < 50; i++) {
          Thread.onSpinWait();
        }
        isShared |= buffer[0] != mark || buffer[buffer.length - 1] != mark;
        buffers.giveBack(buffer);
      }
    }

    void useAll(int mark) throws MemoryException {
      Memory.Share share = memory.new Share();
      for (int i = 0; i < 3; i++) {
        share.hold(mark * 5_000L * i);
        use(buffers::page, mark);
        use(buffers::record, mark);
        use(buffers::large, mark);
      }
      share.hold(0);
    }

    private void giveBack(byte @Nullable [] buffer) {
      if (buffer != null) {
        buffers.giveBack(buffer);
      }
    }

    @Override
    public String toString() {
      long held = memory.held();
      return (isShared ? "shared" : "apart")
          + (isTwice(buffers::page) || isTwice(buffers::record) ? ", kept twice" : "")
          + (", " + held + " held")
          + (memory.isShort() ? ", short" : "");
    }

    /** Whether two get the same. */
    private static boolean isTwice(Lender lender) {
      Set<byte[]> lent = Collections.newSetFromMap(new IdentityHashMap<>());
      try {
        for (int i = 0; i < 5; i++) {
          if (!lent.add(Objects.requireNonNull(lender.lend()))) {
            return true;
          }
        }
        return false;
      } catch (MemoryException e) {
        throw new IllegalStateException(e);
      }
    }

    /** Where a buffer comes from. */
    @FunctionalInterface
    private interface Lender {
      byte @Nullable [] lend() throws MemoryException;
    }
  }

  @Test
  void noBufferIsLentToTwo() throws Exception {
    Schedules.of(ROUNDS, State::new)
        .actor(state -> state.useAll(1))
        .actor(state -> state.useAll(2))
        .actor(state -> state.useAll(3))
        .allow(State::toString, "apart, 0 held");
  }

  /** All large buffers but one are lent, and the rounds are about that one. */
  @Test
  void noMoreLargeOnesAreLentThanThereAre() throws Exception {
    Buffers buffers = new Buffers(new Memory(Long.MAX_VALUE));
    byte[] last = new byte[Buffers.LARGE];
    for (byte[] next = buffers.large(); next != null; next = buffers.large()) {
      last = next;
    }
    buffers.giveBack(last);
    Schedules.of(ROUNDS, () -> new Last(buffers))
        .actor(Last::use)
        .actor(Last::use)
        .actor(Last::use)
        .allow(Last::toString, "one at a time, one is left");
  }

  /** Who has the last large buffer. */
  private static final class Last {
    private final Buffers buffers;
    private final AtomicInteger users = new AtomicInteger();
    private volatile boolean isExceeded;

    Last(Buffers buffers) {
      this.buffers = buffers;
    }

    void use() {
      byte[] buffer = buffers.large();
      if (buffer != null) {
        isExceeded |= users.incrementAndGet() > 1;
        users.decrementAndGet();
        buffers.giveBack(buffer);
      }
    }

    @Override
    public String toString() {
      byte[] one = buffers.large();
      boolean isLeft = one != null && buffers.large() == null;
      if (one != null) {
        buffers.giveBack(one);
      }
      return (isExceeded ? "several" : "one at a time") + (isLeft ? ", one is left" : ", none");
    }
  }

  /** A message that ends as another begins does not keep new ones out. */
  @Test
  void memoryIsShortNoLongerThanItIsHeld() throws Exception {
    Schedules.of(ROUNDS, () -> new Memory(Buffers.PAGE))
        .actor(memory -> hold(memory.new Share()))
        .actor(memory -> hold(memory.new Share()))
        .actor(memory -> hold(memory.new Share()))
        .allow(memory -> memory.held() + (memory.isShort() ? ", short" : ""), "0");
  }

  private static void hold(Memory.Share share) {
    share.hold(Buffers.PAGE);
    share.hold(1);
    share.hold(3L * Buffers.PAGE + 1);
    share.hold(0);
  }
}
