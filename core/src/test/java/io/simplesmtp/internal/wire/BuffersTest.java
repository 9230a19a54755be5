package io.simplesmtp.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuffersTest {

  private final Memory memory = new Memory(1_000_000);
  private final Buffers buffers = new Buffers(memory);

  @Test
  void whatIsLentIsCountedUntilItIsGivenBackAndThenLentAgain() throws IOException {
    check(buffers::page, Buffers.PAGE);
    check(buffers::record, Buffers.RECORD);
    check(buffers::large, Buffers.LARGE);
  }

  /** Where a buffer comes from. */
  @FunctionalInterface
  private interface Lender {
    byte @Nullable [] lend() throws IOException;
  }

  private void check(Lender lender, int size) throws IOException {
    byte[] first = Objects.requireNonNull(lender.lend());
    byte[] second = Objects.requireNonNull(lender.lend());
    assertThat(first).hasSize(size).isNotSameAs(second);
    assertThat(memory.held()).isEqualTo(2L * size);
    buffers.giveBack(second);
    assertThat(memory.held()).isEqualTo(size);
    assertThat(lender.lend()).isSameAs(second);
    buffers.giveBack(first);
    buffers.giveBack(second);
    assertThat(memory.held()).isZero();
  }

  @Test
  void othersAreLeftAlone() {
    buffers.giveBack(new byte[256]);
    assertThat(memory.held()).isZero();
  }

  @Test
  void noLargeOneIsLentWhenMemoryIsShort() throws IOException {
    Memory small = new Memory(Buffers.LARGE + 1);
    Buffers few = new Buffers(small);
    assertThat(few.large()).isNotNull();
    byte[] page = few.page();
    assertThat(few.large()).isNull();
    assertThat(few.page()).as("pages are still to be had").isNotNull();
    few.giveBack(page);
    few.giveBack(page);
    assertThat(few.large()).isNotNull();
  }

  @Test
  void noneIsLentWhenMemoryIsUsedUp() throws IOException {
    Memory small = new Memory(8 << 20);
    Buffers few = new Buffers(small);
    Memory.Share session = small.new Share();
    session.hold((10 << 20) - Buffers.PAGE);
    byte[] last = few.page();
    assertThatThrownBy(few::page).isInstanceOf(MemoryException.class);
    assertThatThrownBy(few::record).isInstanceOf(MemoryException.class);
    few.giveBack(last);
    assertThat(few.record()).hasSize(Buffers.RECORD);
  }

  @Test
  void ofLittleMemoryAMebibyteMoreIsLent() throws IOException {
    Memory little = new Memory(1);
    Buffers few = new Buffers(little);
    for (int i = 0; i < (1 << 20) / Buffers.PAGE + 1; i++) {
      assertThat(few.page()).isNotEmpty();
    }
    assertThatThrownBy(few::page).isInstanceOf(MemoryException.class);
  }

  @Test
  void thereAreSoManyLargeOnesAndNoMoreHoweverOftenOneIsAskedFor() {
    Buffers many = new Buffers(new Memory(Long.MAX_VALUE));
    byte[] last = new byte[0];
    int lent = 0;
    for (byte[] large = many.large(); large != null; large = many.large()) {
      last = large;
      lent++;
    }
    assertThat(lent).isEqualTo(256);
    assertThat(many.large()).isNull();
    many.giveBack(last);
    assertThat(many.large()).isSameAs(last);
    assertThat(many.large()).isNull();
  }

  @Test
  void onlyStreamsThatCopyAreShownABuffer(@TempDir Path folder) throws IOException {
    assertThat(Buffers.mayBeShownTo(OutputStream.nullOutputStream())).isTrue();
    assertThat(Buffers.mayBeShownTo(new ByteArrayOutputStream())).isTrue();
    try (FileOutputStream file = new FileOutputStream(folder.resolve("content").toFile())) {
      assertThat(Buffers.mayBeShownTo(file)).isTrue();
      assertThat(Buffers.mayBeShownTo(new BufferedOutputStream(file))).isFalse();
    }
    assertThat(Buffers.mayBeShownTo(new ByteArrayOutputStream() {})).isFalse();
  }
}
