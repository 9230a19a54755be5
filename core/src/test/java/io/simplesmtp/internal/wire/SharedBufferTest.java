package io.simplesmtp.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplesmtp.MailDataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Content lies in the buffer of its connection: who sees it there, and who waits for whom. */
class SharedBufferTest {

  private static final DataBounds BOUNDS = new DataBounds(1_000, 1_000, 20, true);
  private static final String TEXT = "a\r\nb\r\n";

  /** How content comes. */
  enum Way {
    DATA {
      @Override
      InputStream open(WireReader reader, String content) {
        return new DataStream(reader, BOUNDS);
      }
    },
    BDAT {
      @Override
      InputStream open(WireReader reader, String content) {
        ChunkStream.Chunk all = new ChunkStream.Chunk(content.length(), true);
        return new ChunkStream(reader, BOUNDS, all, () -> all);
      }
    };

    abstract InputStream open(WireReader reader, String content);

    InputStream open(String content) {
      return open(reader(content), content);
    }

    static WireReader reader(String content) {
      byte[] octets = (content + ".\r\n").getBytes(StandardCharsets.US_ASCII);
      Buffers buffers = new Buffers(new Memory(Long.MAX_VALUE));
      return new WireReader(Chunks.of(octets, octets.length), buffers);
    }
  }

  /** Keeps the arrays that it is given. */
  private static final class Keeping extends ByteArrayOutputStream {
    private final List<byte[]> kept = new ArrayList<>();

    @Override
    public synchronized void write(byte[] source, int offset, int length) {
      kept.add(source);
      super.write(source, offset, length);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whoCouldKeepTheBufferIsGivenCopies(Way way) throws IOException {
    WireReader reader = Way.reader(TEXT);
    Keeping out = new Keeping();
    assertThat(way.open(reader, TEXT).transferTo(out)).isEqualTo(TEXT.length());
    assertThat(out.toString(StandardCharsets.US_ASCII)).isEqualTo(TEXT);
    assertThat(out.kept).isNotEmpty().doesNotContain(reader.buffer());
  }

  @ParameterizedTest
  @EnumSource
  void anotherThreadMayReadWhereNobodyElseDoes(Way way) throws Exception {
    InputStream content = way.open(TEXT);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(elsewhere(content::read)).isEqualTo((int) 'a');
    assertThat(elsewhere(() -> content.transferTo(out))).isEqualTo(TEXT.length() - 1L);
    assertThat(out.toString(StandardCharsets.US_ASCII)).isEqualTo(TEXT.substring(1));
  }

  @ParameterizedTest
  @EnumSource
  void aReadThatIsOverHoldsUpNobody(Way way) throws Exception {
    InputStream content = way.open(TEXT);
    assertThat(elsewhere(content::read)).isEqualTo((int) 'a');
    assertThat(content.transferTo(new ByteArrayOutputStream())).isEqualTo(TEXT.length() - 1L);
    assertThat(elsewhere(content::read)).isEqualTo(-1);
    content.close();
    assertThatThrownBy(() -> elsewhere(content::read)).hasCauseInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @EnumSource
  void aLineTooLongIsRefusedBeforeItsEnd(Way way) {
    InputStream content = way.open("x".repeat(21));
    assertThatThrownBy(() -> content.readNBytes(21))
        .isInstanceOf(MailDataException.class)
        .hasMessageContaining("line is over the length limit");
  }

  private static Object elsewhere(Callable<Object> what) throws Exception {
    FutureTask<Object> task = new FutureTask<>(what);
    Thread.ofVirtual().start(task);
    return task.get();
  }
}
