package io.simplesmtp.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplesmtp.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatheredRepliesTest {

  private final Memory memory = new Memory(Long.MAX_VALUE);
  private final List<String> writes = new ArrayList<>();
  private final ReplyWriter writer = new ReplyWriter(new Writes(), new Buffers(memory));

  @Test
  void eachLineHasTheCodeAndTheStatus() throws IOException {
    writer.write(Reply.of(250, "2.0.0", "One", "Two"));
    writer.write(Reply.of(550, "5.7.29", "Three"));
    writer.write(Reply.of(550, "5.10.999", "Four"));
    writer.flush();
    assertThat(writes)
        .containsExactly(
            "250-2.0.0 One\r\n250 2.0.0 Two\r\n550 5.7.29 Three\r\n550 5.10.999 Four\r\n");
  }

  @Test
  void repliesGoOutInOneWriteAndMoreThanAPageInWholeLines() throws IOException {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < 2_000; i++) {
      String text = "x".repeat(i % 97 + 1);
      writer.write(Reply.of(250, "2.0.0", text));
      all.append("250 2.0.0 ").append(text).append("\r\n");
    }
    writer.flush();
    assertThat(String.join("", writes)).isEqualTo(all.toString());
    assertThat(writes).allMatch(write -> write.endsWith("\r\n"));
    assertThat(writes.subList(0, writes.size() - 1))
        .allMatch(write -> write.length() > Buffers.PAGE - 120 && write.length() <= Buffers.PAGE);
  }

  @Test
  void aChallengeIsBase64HoweverLong() throws IOException {
    for (int length : new int[] {0, 1, 6_137, 6_138, 6_139, 6_140, 6_141, 6_142, 20_000}) {
      writes.clear();
      byte[] challenge = new byte[length];
      writer.challenge(challenge);
      writer.flush();
      String expected = "334 " + Base64.getEncoder().encodeToString(challenge) + "\r\n";
      assertThat(String.join("", writes)).as("%d octets", length).isEqualTo(expected);
    }
  }

  @Test
  void aReplyIsSaidAlsoWhenThereIsNoPageToBeHad() throws IOException {
    Memory little = new Memory(1);
    little.new Share().hold(2 << 20);
    ReplyWriter last = new ReplyWriter(new Writes(), new Buffers(little));
    last.write(Reply.of(421, "4.3.2", "x".repeat(Reply.MAX_TEXT), "Low on memory"));
    last.write(Reply.OK);
    last.flush();
    assertThat(String.join("", writes))
        .startsWith("421-4.3.2 xxx")
        .endsWith("421 4.3.2 Low on memory\r\n250 2.0.0 OK\r\n");
    assertThat(little.held()).isEqualTo(2 << 20);
  }

  @Test
  void aPageIsHeldOnlyWhileSomethingIsGathered() throws IOException {
    writer.flush();
    assertThat(writes).as("nothing was gathered").isEmpty();
    writer.write(Reply.OK);
    assertThat(memory.held()).isEqualTo(Buffers.PAGE);
    writer.flush();
    assertThat(memory.held()).isZero();
    writer.write(Reply.OK);
    writer.release();
    assertThat(memory.held()).isZero();
    writer.flush();
    assertThat(writes).as("what was released is dropped").hasSize(1);
  }

  @Test
  void aClientThatIsGoneHoldsNoPage() throws IOException {
    Writes out = new Writes();
    ReplyWriter broken = new ReplyWriter(out, new Buffers(memory));
    broken.write(Reply.OK);
    out.isGone = true;
    assertThatThrownBy(broken::flush).isInstanceOf(IOException.class);
    assertThat(memory.held()).isZero();
  }

  private final class Writes extends OutputStream {

    private boolean isGone;

    @Override
    public void write(int octet) throws IOException {
      throw new IOException("The writer writes in bulk");
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      if (isGone) {
        throw new IOException("The client is gone");
      }
      writes.add(new String(source, offset, length, StandardCharsets.US_ASCII));
    }
  }
}
