package io.simplesmtp.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CleanTextTest {

  private static final byte[] SPECIAL = {
    '\r', '\n', 0, '.', '\r', '\n', (byte) 0x8a, (byte) 0x8d, -1
  };

  @Test
  void allOfCleanTextIsCountedButForLessThanAWord() {
    byte[] text = lines(10_000);
    for (int from = 1; from < 200; from++) {
      if (text[from] != '\n') {
        int count = CleanText.count(text, from, text.length, text.length);
        assertThat(text.length - from - count).isBetween(2, 9);
      }
    }
  }

  @Test
  void allThatIsCleanIsCountedAndNothingElse() {
    Random random = new Random(1521);
    for (int round = 0; round < 100_000; round++) {
      byte[] text = lines(64 + random.nextInt(2_500));
      for (int n = 1 + random.nextInt(3); n > 0; n--) {
        text[random.nextInt(text.length)] = SPECIAL[random.nextInt(SPECIAL.length)];
      }
      int from = random.nextInt(60);
      int to = from + random.nextInt(text.length - from);
      int limit = to + random.nextInt(text.length - to + 1);
      int count = CleanText.count(text, from, to, limit);
      assertThat(count).isLessThanOrEqualTo(to - from);
      assertThat(isClean(text, from, from + count, limit)).isTrue();
      int next = from + count + Long.BYTES;
      boolean isThereMore = next <= Math.min(to, limit - 2);
      assertThat(isThereMore && isClean(text, from + count, next, limit)).isFalse();
    }
  }

  @Test
  void eachUncleanOctetIsFoundWhereverItStands() {
    for (int length : new int[] {66, 200, 1_026, 1_100, 3_000}) {
      byte[] text = new byte[length];
      for (byte unclean : new byte[] {'\r', '\n', 0}) {
        for (int at = 1; at < length - 10; at++) {
          Arrays.fill(text, (byte) 'a');
          text[at] = unclean;
          int count = CleanText.count(text, 0, length, length);
          assertThat(count).as("%d at %d of %d", unclean, at, length).isLessThanOrEqualTo(at);
        }
      }
      for (int at = 0; at < length - 12; at++) {
        Arrays.fill(text, (byte) 'a');
        text[at] = '\r';
        text[at + 1] = '\n';
        text[at + 2] = '.';
        int count = CleanText.count(text, 0, length, length);
        assertThat(count).as("a dot at %d of %d", at + 2, length).isLessThanOrEqualTo(at);
      }
    }
  }

  private static byte[] lines(int length) {
    byte[] text = new byte[length];
    for (int i = 0; i < length; i++) {
      int column = i % 78;
      text[i] = (byte) (column == 76 ? '\r' : column == 77 ? '\n' : 'a' + column % 26);
    }
    return text;
  }

  /** What {@link CleanText} says of itself, an octet at a time. */
  private static boolean isClean(byte[] text, int from, int to, int limit) {
    for (int i = from; i < to; i++) {
      boolean isCr = text[i] == '\r';
      boolean isLfNext = i + 1 < limit && text[i + 1] == '\n';
      boolean isDotBehind = i + 2 < limit && text[i + 2] == '.';
      if (text[i] == 0 || isCr != isLfNext || (isLfNext && isDotBehind)) {
        return false;
      }
    }
    return true;
  }
}
