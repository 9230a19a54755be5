package io.simplesmtp.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ShareTest {

  private final Memory memory = new Memory(8_192);
  private final Memory.Share one = memory.new Share();
  private final Memory.Share other = memory.new Share();

  @Test
  void aShareIsCountedInStepsOf4096() {
    one.hold(1);
    assertThat(memory.held()).isEqualTo(4_096);
    one.hold(4_096);
    assertThat(memory.held()).isEqualTo(4_096);
    one.hold(4_097);
    assertThat(memory.held()).isEqualTo(8_192);
    one.hold(0);
    assertThat(memory.held()).isZero();
  }

  @Test
  void memoryIsShortForAllFromItsBoundOn() {
    one.hold(4_096);
    assertThat(other.isShort()).isFalse();
    other.hold(4_096);
    assertThat(one.isShort()).isTrue();
    one.hold(0);
    assertThat(other.isShort()).isFalse();
  }

  @Test
  void whatHasBegunGrowsWhileThereIsRoom() throws Exception {
    one.grow(4_097);
    assertThat(memory.held()).isEqualTo(8_192);
    other.hold(2 << 20);
    one.grow(8_192);
    one.grow(1);
    assertThat(memory.held()).isEqualTo((2 << 20) + 4_096);
    assertThatThrownBy(() -> one.grow(4_097)).isInstanceOf(MemoryException.class);
  }

  @Test
  void aSessionIsCountedAsLongAsItLasts() {
    memory.beginSession();
    assertThat(memory.held()).isEqualTo(Memory.SESSION);
    memory.beginSession();
    assertThat(memory.isShort()).isTrue();
    memory.endSession();
    memory.endSession();
    assertThat(memory.held()).isZero();
  }
}
