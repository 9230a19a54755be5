package io.simplesmtp.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WireReaderTest {

  private static final int BOUND = 10;

  @Test
  void linesDoNotDependOnHowTheOctetsWereCut() throws IOException {
    String input =
        "NOOP\r\n\r\na\rb\nc\r\n\r\r\n"
            + "12345678\r\n123456789\r\n12345678901234567890\r\n"
            + "x".repeat(50_000)
            + "\r\nrest\r\nlost";
    List<String> expected =
        List.of(
            "NOOP", "", "a\rb\nc", "\r", "12345678", "TOO_LONG", "TOO_LONG", "TOO_LONG", "rest");
    byte[] octets = input.getBytes(StandardCharsets.ISO_8859_1);
    for (int size : new int[] {1, 2, 3, 5, 7, 8191, 8192, 100_000}) {
      assertThat(
              lines(
                  new WireReader(Chunks.of(octets, size), new Buffers(new Memory(Long.MAX_VALUE)))))
          .isEqualTo(expected);
    }
    for (int at = 0; at < 80; at++) {
      assertThat(
              lines(
                  new WireReader(
                      Chunks.splitAt(octets, at), new Buffers(new Memory(Long.MAX_VALUE)))))
          .isEqualTo(expected);
    }
  }

  @Test
  void aLineCanBeLongerThanTheFirstBuffer() throws IOException {
    byte[] octets = ("y".repeat(12_000) + "\r\nz\r\n").getBytes(StandardCharsets.US_ASCII);
    WireReader reader =
        new WireReader(Chunks.of(octets, 1000), new Buffers(new Memory(Long.MAX_VALUE)));
    assertThat(reader.readLine(12_288)).isEqualTo(WireReader.Line.READ);
    assertThat(reader.lineEnd() - reader.lineStart()).isEqualTo(12_000);
    assertThat(reader.readLine(12_288)).isEqualTo(WireReader.Line.READ);
    assertThat(text(reader)).isEqualTo("z");
  }

  @Test
  void memoryStaysBoundedWhateverTheLine() throws IOException {
    byte[] octets = ("y".repeat(1 << 20) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    WireReader reader =
        new WireReader(Chunks.of(octets, 8192), new Buffers(new Memory(Long.MAX_VALUE)));
    assertThat(reader.readLine(2048)).isEqualTo(WireReader.Line.TOO_LONG);
    assertThat(reader.buffer().length).isLessThanOrEqualTo(8192);
  }

  @Test
  void whatWasLentIsGivenBackWhereverTheClientStops() throws IOException {
    Buffers buffers = new Buffers(new Memory(Long.MAX_VALUE));
    byte[] octets = "y".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
    for (int client = 0; client < 1_000; client++) {
      WireReader reader = new WireReader(Chunks.of(octets, octets.length), buffers);
      for (int length = 0; length < 20_000; length = reader.limit() - reader.position()) {
        reader.advance(length); // the first read fills a page, and the next a large buffer
        assertThat(reader.fill()).isTrue();
      }
      assertThat(reader.buffer()).hasSize(Buffers.LARGE);
      reader.release();
    }
    assertThat(buffers.large()).isNotNull();
  }

  @Test
  void withoutALargeBufferReadingGoesOn() throws IOException {
    Buffers buffers = new Buffers(new Memory(Long.MAX_VALUE));
    int lent = 0;
    while (buffers.large() != null) {
      lent++;
    }
    assertThat(lent).isBetween(1, 1_000);
    byte[] octets = "y".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
    WireReader reader = new WireReader(Chunks.of(octets, octets.length), buffers);
    int read = 0;
    while (reader.fill()) {
      int length = reader.limit() - reader.position();
      assertThat(reader.buffer()).hasSize(Buffers.PAGE);
      reader.advance(length);
      read += length;
    }
    assertThat(read).isEqualTo(octets.length);
  }

  @Test
  void keepsTheBeginOfALineThatIsTooLong() throws IOException {
    String input = "123456789\r\n" + "ab" + "x".repeat(600) + "\r\nNOOP\r\n";
    byte[] octets = input.getBytes(StandardCharsets.US_ASCII);
    for (int size : new int[] {1, 2, 8, 9, 10, 11, 300, 1_000}) {
      WireReader reader =
          new WireReader(Chunks.of(octets, size), new Buffers(new Memory(Long.MAX_VALUE)));
      assertThat(reader.readLine(BOUND)).isEqualTo(WireReader.Line.TOO_LONG);
      assertThat(reader.begin()).asString(StandardCharsets.US_ASCII).isEqualTo("12345678");
      assertThat(reader.readLine(5)).isEqualTo(WireReader.Line.TOO_LONG);
      assertThat(reader.begin()).asString(StandardCharsets.US_ASCII).isEqualTo("abx");
      assertThat(reader.readLine(BOUND)).isEqualTo(WireReader.Line.READ);
      assertThat(text(reader)).isEqualTo("NOOP");
    }
  }

  @Test
  void theBeginOfAHandshakeIsNoLine() throws IOException {
    byte[] octets = "NOOP\r\n\u0016\u0003\u0001\r\n".getBytes(StandardCharsets.US_ASCII);
    for (int size = 1; size <= octets.length; size++) {
      WireReader reader =
          new WireReader(Chunks.of(octets, size), new Buffers(new Memory(Long.MAX_VALUE)));
      assertThat(reader.readLine(BOUND)).isEqualTo(WireReader.Line.READ);
      assertThat(reader.readLine(BOUND)).isEqualTo(WireReader.Line.FOREIGN);
    }
  }

  @Test
  void skipsWhatComesAndSaysWhetherAllOfItDid() throws IOException {
    byte[] octets = ("y".repeat(20_000) + "NOOP\r\nrest").getBytes(StandardCharsets.US_ASCII);
    for (int size : new int[] {7, 8_192, 100_000}) {
      WireReader reader =
          new WireReader(Chunks.of(octets, size), new Buffers(new Memory(Long.MAX_VALUE)));
      assertThat(reader.skip(0)).isTrue();
      assertThat(reader.skip(20_000)).isTrue();
      assertThat(reader.readLine(BOUND)).isEqualTo(WireReader.Line.READ);
      assertThat(text(reader)).isEqualTo("NOOP");
      assertThat(reader.skip(4)).isTrue();
      assertThat(reader.skip(1)).isFalse();
    }
  }

  @Test
  void tellsWhetherSomethingIsLeft() throws IOException {
    byte[] octets = "a\r\nb".getBytes(StandardCharsets.US_ASCII);
    WireReader reader =
        new WireReader(Chunks.of(octets, 4), new Buffers(new Memory(Long.MAX_VALUE)));
    assertThat(reader.hasBuffered()).isFalse();
    assertThat(reader.readLine(BOUND)).isEqualTo(WireReader.Line.READ);
    assertThat(reader.hasBuffered()).isTrue();
  }

  private static List<String> lines(WireReader reader) throws IOException {
    List<String> lines = new ArrayList<>();
    WireReader.Line line = reader.readLine(BOUND);
    while (line != WireReader.Line.END) {
      lines.add(line == WireReader.Line.READ ? text(reader) : line.name());
      line = reader.readLine(BOUND);
    }
    return lines;
  }

  private static String text(WireReader reader) {
    int from = reader.lineStart();
    return new String(reader.buffer(), from, reader.lineEnd() - from, StandardCharsets.ISO_8859_1);
  }
}
