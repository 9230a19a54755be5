package io.simplesmtp.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplesmtp.MailDataException;
import io.simplesmtp.internal.wire.ChunkStream.Chunk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkStreamTest {

  private static final DataBounds STRICT = new DataBounds(1 << 20, 1 << 16, 1 << 16, true);
  private static final DataBounds VERBATIM = new DataBounds(1 << 20, 1 << 16, 1 << 16, false);
  private static final DataBounds TINY = new DataBounds(9, 3, 3, true);
  private static final DataBounds TINY_VERBATIM = new DataBounds(9, 3, 3, false);
  static final String NEXT = "NEXT\r\n";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "\r\n",
        "Hi\r\n",
        "Hi\r\n.\r\n",
        "..\r\n.x\r\n",
        "a\r\n\r\nb\r\n",
        "a\nb\r\n",
        "a\rb\r\n",
        "a\r",
        "\r",
        "\r\r\n",
        "\n",
        "\n\r\n",
        "a\r\r\n\r\nb",
        "\0\r\n",
        "a\0",
        "\u00e9\u00ff\r\n\u0080",
        "a\r\n\rb",
        "no end of line",
        "a: 1\r\n\r\nbody",
      })
  void readsAsTheNaiveReferenceAtEverySplitIntoChunks(String content) throws IOException {
    for (DataBounds bounds :
        List.of(STRICT, VERBATIM, TINY, TINY_VERBATIM, STRICT.ofBinary(), TINY.ofBinary())) {
      for (int first = 0; first <= content.length(); first++) {
        for (int second = first; second <= content.length(); second++) {
          List<String> chunks =
              List.of(
                  content.substring(0, first),
                  content.substring(first, second),
                  content.substring(second));
          for (int piece : new int[] {1, 2, 100}) {
            check(chunks, bounds, piece, 100);
            check(chunks, bounds, 100, piece);
          }
        }
      }
    }
  }

  @Test
  void readsAsTheNaiveReferenceWhateverTheInput() throws IOException {
    String[] atoms = {"\r\n", ".", "\r", "\n", "\0", "a", "\r\n\r\n", "xyz", "\u00ff"};
    Random random = new Random(3030);
    for (int round = 0; round < 50_000; round++) {
      List<String> chunks = new ArrayList<>();
      for (int n = 1 + random.nextInt(5); n > 0; n--) {
        StringBuilder chunk = new StringBuilder();
        for (int m = random.nextInt(5); m > 0; m--) {
          chunk.append(atoms[random.nextInt(atoms.length)]);
        }
        chunks.add(chunk.toString());
      }
      DataBounds bounds =
          new DataBounds(
              random.nextInt(30), random.nextInt(20), 2 + random.nextInt(10), random.nextBoolean());
      check(
          chunks,
          random.nextInt(4) == 0 ? bounds.ofBinary() : bounds,
          1 + random.nextInt(7),
          1 + random.nextInt(7));
    }
  }

  @Test
  void longContentPassesWhole() throws IOException {
    String line = "x".repeat(76) + "\r\n";
    List<String> chunks = List.of(line.repeat(500), line.repeat(1500) + "y", "z\r\n", "");
    String content = String.join("", chunks);
    for (int piece : new int[] {1, 77, 4096, 8191, 8192, 1 << 20}) {
      Input input = new Input(chunks, piece);
      ChunkStream data = input.open(new DataBounds(1 << 20, 1 << 20, 1000, true));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      assertThat(data.transferTo(out)).isEqualTo(content.length());
      assertThat(out.toString(StandardCharsets.ISO_8859_1)).isEqualTo(content);
      assertThat(data.octets()).isEqualTo(content.length());
      assertThat(input.rest()).isEqualTo(NEXT);
    }
  }

  @Test
  void singleOctetsAreReadAsUnsigned() throws IOException {
    ChunkStream data = new Input(List.of("", "\u00ff", ""), 100).open(STRICT);
    assertThat(data.read()).isEqualTo(0xff);
    assertThat(data.read()).isEqualTo(-1);
    assertThat(data.read()).isEqualTo(-1);
  }

  @Test
  void theNextChunkIsAskedForOnlyWhenMoreIsRead() throws IOException {
    Input input = new Input(List.of("abc", "def"), 100);
    ChunkStream data = input.open(STRICT);
    assertThat(data.readNBytes(3)).hasSize(3);
    assertThat(input.asked).hasValue(0);
    data.close();
    data.drainChunk();
    assertThat(input.asked).hasValue(0);
    data.drain();
    assertThat(input.asked).hasValue(1);
    assertThat(input.rest()).isEqualTo(NEXT);
  }

  @Test
  void theRestOfAChunkCanBeDroppedAlone() throws IOException {
    Input input = new Input(List.of("abc", "def"), 100);
    ChunkStream data = input.open(STRICT);
    assertThat(data.read()).isEqualTo('a');
    data.close();
    data.drainChunk();
    assertThat(input.rest()).isEqualTo("def" + NEXT);
  }

  @Test
  void aChunkPastTheSizeOfAMessageIsRefusedBeforeItIsRead() throws IOException {
    Input input = new Input(List.of("12345", "67890"), 100);
    ChunkStream data = input.open(new DataBounds(9, 100, 100, true));
    assertThat(data.readNBytes(5)).hasSize(5);
    assertThatThrownBy(data::read)
        .isInstanceOf(MailDataException.class)
        .hasMessageContaining("over the size limit");
    assertThat(data.octets()).isEqualTo(5);
    data.close();
    data.drain();
    assertThat(data.violation()).isEqualTo(Violation.MESSAGE_TOO_BIG);
    assertThat(input.rest()).isEqualTo(NEXT);
  }

  @Test
  void theLargestSizeDoesNotOverflow() {
    ChunkStream data =
        new ChunkStream(
            new WireReader(InputStream.nullInputStream(), new Buffers(new Memory(Long.MAX_VALUE))),
            STRICT,
            new Chunk(Long.MAX_VALUE, false),
            () -> new Chunk(Long.MAX_VALUE, true));
    assertThatThrownBy(data::read).hasMessageContaining("over the size limit");
    assertThatThrownBy(data::drain).hasMessageContaining("left before the end");
  }

  @Test
  void behindAViolationNoChunkIsAskedFor() throws IOException {
    Input input = new Input(List.of("a\nb", "more"), 100);
    ChunkStream data = input.open(STRICT);
    assertThatThrownBy(data::readAllBytes).isInstanceOf(MailDataException.class);
    assertThatThrownBy(data::read).isInstanceOf(MailDataException.class);
    data.close();
    data.drain();
    assertThat(input.asked).hasValue(0);
    assertThat(input.rest()).isEqualTo("more" + NEXT);
  }

  @Test
  void aSourceThatHasNoNextChunkIsNotAskedAgain() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    ChunkStream data =
        new ChunkStream(
            new WireReader(InputStream.nullInputStream(), new Buffers(new Memory(Long.MAX_VALUE))),
            STRICT,
            new Chunk(0, false),
            () -> {
              asked.incrementAndGet();
              throw new MailDataException("given up");
            });
    assertThatThrownBy(data::read).isInstanceOf(MailDataException.class).hasMessage("given up");
    assertThatThrownBy(data::read).isInstanceOf(MailDataException.class).hasMessage("given up");
    data.close();
    assertThatThrownBy(data::drain).hasMessage("given up");
    assertThat(asked).hasValue(1);
  }

  @Test
  void aSourceThatIsBrokenIsNotAskedAgain() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    ChunkStream data =
        new ChunkStream(
            new WireReader(InputStream.nullInputStream(), new Buffers(new Memory(Long.MAX_VALUE))),
            STRICT,
            new Chunk(0, false),
            () -> {
              asked.incrementAndGet();
              throw new IllegalStateException("broken");
            });
    assertThatThrownBy(data::read).hasMessage("broken");
    data.close();
    assertThatThrownBy(data::drain).isInstanceOf(IOException.class);
    assertThatThrownBy(data::drainChunk).isInstanceOf(IOException.class);
    assertThat(asked).hasValue(1);
  }

  @Test
  void theEndOfTheStreamIsNotTheEndOfTheData() {
    byte[] half = "half a mess".getBytes(StandardCharsets.US_ASCII);
    ChunkStream data =
        new ChunkStream(
            new WireReader(Chunks.of(half, 100), new Buffers(new Memory(Long.MAX_VALUE))),
            STRICT,
            new Chunk(100, true),
            ChunkStreamTest::none);
    assertThatThrownBy(data::readAllBytes)
        .isInstanceOf(MailDataException.class)
        .hasMessageContaining("left before the end");
  }

  @Test
  void contentThatLeaksCannotBeRead() throws IOException {
    Input input = new Input(List.of("a", "b"), 100);
    ChunkStream data = input.open(STRICT);
    data.close();
    assertThatThrownBy(data::read).isInstanceOf(IOException.class);
    assertThat(data.octets()).isZero();
    data.drain();
    assertThat(data.octets()).isEqualTo(2);
  }

  private static Chunk none() {
    throw new AssertionError("asked for a chunk behind the last");
  }

  /** Reads, then drains, and compares with what the rules say of the whole. */
  static void check(List<String> chunks, DataBounds bounds, int piece, int portion)
      throws IOException {
    NaiveChunks expected = NaiveChunks.read(chunks, bounds);
    Input input = new Input(chunks, piece);
    ChunkStream data = input.open(bounds);
    byte[] seen = readAll(data, portion);
    data.close();
    data.drain();
    assertThat(data.violation()).as("%s %s", expected, bounds).isEqualTo(expected.violation());
    byte[] content = expected.content().getBytes(StandardCharsets.ISO_8859_1);
    if (expected.violation() == Violation.NONE) {
      assertThat(seen).as("%s", expected).isEqualTo(content);
    } else {
      assertThat(seen).as("%s", expected).isEqualTo(Arrays.copyOf(content, seen.length));
      assertThat(seen.length).isLessThanOrEqualTo((int) bounds.messageSize());
    }
    assertThat(data.octets()).as("%s", expected).isEqualTo(content.length);
    String behind = String.join("", chunks.subList(expected.chunks(), chunks.size())) + NEXT;
    assertThat(input.rest()).as("behind %s", expected).isEqualTo(behind);
  }

  private static byte[] readAll(ChunkStream data, int portion) throws IOException {
    ByteArrayOutputStream seen = new ByteArrayOutputStream();
    byte[] buffer = new byte[portion];
    try {
      int count = data.read(buffer);
      while (count >= 0) {
        seen.write(buffer, 0, count);
        count = data.read(buffer);
      }
    } catch (MailDataException e) {
      assertThat(data.violation()).isNotEqualTo(Violation.NONE);
    }
    return seen.toByteArray();
  }

  /** Chunks whose commands are read by nobody, and what stands behind them. */
  private static final class Input {
    private final WireReader reader;
    private final Deque<Chunk> sizes = new ArrayDeque<>();
    private final AtomicInteger asked = new AtomicInteger();

    Input(List<String> chunks, int piece) {
      String all = String.join("", chunks) + NEXT;
      reader =
          new WireReader(
              Chunks.of(all.getBytes(StandardCharsets.ISO_8859_1), piece),
              new Buffers(new Memory(Long.MAX_VALUE)));
      for (int i = 0; i < chunks.size(); i++) {
        sizes.add(new Chunk(chunks.get(i).length(), i + 1 == chunks.size()));
      }
    }

    ChunkStream open(DataBounds bounds) {
      return new ChunkStream(
          reader,
          bounds,
          sizes.remove(),
          () -> {
            asked.incrementAndGet();
            return sizes.remove();
          });
    }

    /** All that was not taken, as it was sent. */
    String rest() throws IOException {
      StringBuilder rest = new StringBuilder();
      do {
        int length = reader.limit() - reader.position();
        rest.append(
            new String(reader.buffer(), reader.position(), length, StandardCharsets.ISO_8859_1));
        reader.advance(length);
      } while (reader.fill());
      return rest.toString();
    }
  }
}
