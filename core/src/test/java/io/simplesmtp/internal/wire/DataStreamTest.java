package io.simplesmtp.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplesmtp.MailDataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataStreamTest {

  private static final DataBounds STRICT = new DataBounds(1 << 20, 1 << 16, 1 << 16, true);
  private static final DataBounds VERBATIM = new DataBounds(1 << 20, 1 << 16, 1 << 16, false);
  static final String NEXT = "NEXT\r\n";

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".\r\n",
        "\r\n.\r\n",
        "Hi\r\n.\r\n",
        "Hi\r\n..\r\n.\r\n",
        "..\r\n...\r\n.x\r\n.\r\n",
        ".\r\r\n.\r\n",
        ".\rx\r\n.\r\n",
        "a\n.\nb\r\n.\r\n",
        "a\n.\r\nb\r\n.\r\n",
        "a\r\n.\nb\r\n.\r\n",
        "a\r.\r\nb\r\n.\r\n",
        "a\r\n.\rb\r\n.\r\n",
        "a\r.\rb\r\n.\r\n",
        "a\r\r\n.\r\n",
        "a\r\n\0.\r\nb\r\n.\r\n",
        "a\r\n.\0\r\nb\r\n.\r\n",
        "a\r\n. \r\nb\r\n.\r\n",
        "\0\r\n.\r\n",
        "\u00e9\u00ff\r\n\u0080.\r\n.\r\n",
        "h: 1\r\n\r\nbody\r\n.\r\n",
      })
  void readsAsTheNaiveReferenceAtEverySplit(String input) throws IOException {
    for (DataBounds bounds : List.of(STRICT, VERBATIM, tiny(true), tiny(false))) {
      byte[] octets = (input + NEXT).getBytes(StandardCharsets.ISO_8859_1);
      NaiveData expected = NaiveData.read(input + NEXT, bounds);
      for (int at = 0; at <= octets.length; at++) {
        check(expected, input + NEXT, Chunks.splitAt(octets, at), bounds, Integer.MAX_VALUE);
      }
      for (int size = 1; size <= 3; size++) {
        check(expected, input + NEXT, Chunks.of(octets, size), bounds, size);
      }
    }
  }

  @Test
  void readsAsTheNaiveReferenceWhateverTheInput() throws IOException {
    String[] atoms = {
      "\r\n", ".", "\r", "\n", "\0", "a", "..", "\r\n.", "xyz", "\u00ff", "\r\n.\r\n"
    };
    Random random = new Random(5321);
    for (int round = 0; round < 50_000; round++) {
      StringBuilder input = new StringBuilder();
      for (int n = random.nextInt(12); n > 0; n--) {
        input.append(atoms[random.nextInt(atoms.length)]);
      }
      String whole = input + "\r\n.\r\n" + NEXT;
      DataBounds bounds =
          new DataBounds(
              random.nextInt(30), random.nextInt(20), 2 + random.nextInt(10), random.nextBoolean());
      byte[] octets = whole.getBytes(StandardCharsets.ISO_8859_1);
      NaiveData expected = NaiveData.read(whole, bounds);
      InputStream in = Chunks.of(octets, 1 + random.nextInt(7));
      check(expected, whole, in, bounds, 1 + random.nextInt(5));
    }
  }

  /** Long enough for {@link CleanText}, with what is not clean at any place of a block. */
  @Test
  void readsLongContentAsTheNaiveReference() throws IOException {
    String[] atoms = {"\r\n", ".", "\r", "\n", "\0", "\r\n.", "\r\n..", "\r\n.\r\n", "\u00ff"};
    Random random = new Random(1869);
    for (int round = 0; round < 2_000; round++) {
      StringBuilder input = new StringBuilder(longText(random));
      for (int n = random.nextInt(4); n > 0; n--) {
        input.insert(random.nextInt(input.length()), atoms[random.nextInt(atoms.length)]);
      }
      String whole = "h: 1\r\n\r\n" + input + "\r\n.\r\n" + NEXT;
      int line = 60 + random.nextInt(3_000);
      DataBounds bounds =
          new DataBounds(2_000 + random.nextInt(2_000), 1_000, line, random.nextBoolean());
      byte[] octets = whole.getBytes(StandardCharsets.ISO_8859_1);
      NaiveData expected = NaiveData.read(whole, bounds);
      check(expected, whole, Chunks.of(octets, octets.length), bounds, 64);
      check(expected, whole, Chunks.splitAt(octets, random.nextInt(octets.length)), bounds, 64);
      check(expected, whole, Chunks.of(octets, 1 + random.nextInt(2_000)), bounds, 64);
    }
  }

  @Test
  void readsLongContentAsTheNaiveReferenceAtEverySplit() throws IOException {
    Random random = new Random(2821);
    String text = longText(random);
    int middle = text.length() / 2;
    String dotted = text.substring(0, middle) + "\r\n.\r.\r\n..\r\n" + text.substring(middle);
    for (String content : List.of(text, dotted)) {
      String whole = "h: 1\r\n\r\n" + content + "\r\n.\r\n" + NEXT;
      byte[] octets = whole.getBytes(StandardCharsets.ISO_8859_1);
      NaiveData expected = NaiveData.read(whole, STRICT);
      for (int at = 0; at <= octets.length; at++) {
        check(expected, whole, Chunks.splitAt(octets, at), STRICT, Integer.MAX_VALUE);
      }
    }
  }

  private static String longText(Random random) {
    StringBuilder text = new StringBuilder();
    int longest = 1 + random.nextInt(200);
    int length = 1_000 + random.nextInt(2_500);
    while (text.length() < length) {
      text.append("q".repeat(random.nextInt(longest))).append("\r\n");
    }
    return text.toString();
  }

  @Test
  void longContentPassesWhole() throws IOException {
    byte[] content = ("x".repeat(76) + "\r\n").repeat(2_000).getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream input = new ByteArrayOutputStream();
    input.writeBytes(content);
    input.writeBytes(".\r\n".getBytes(StandardCharsets.US_ASCII));
    for (int size : new int[] {1, 77, 78, 79, 4096, 8191, 8192, 1 << 20}) {
      DataStream data =
          new DataStream(
              new WireReader(
                  Chunks.of(input.toByteArray(), size), new Buffers(new Memory(Long.MAX_VALUE))),
              new DataBounds(1 << 20, 1 << 20, 1000, true));
      assertThat(data.readAllBytes()).isEqualTo(content);
      assertThat(data.octets()).isEqualTo(content.length);
    }
  }

  @Test
  void singleOctetsAreReadAsUnsigned() throws IOException {
    DataStream data = stream("\u00ff\r\n.\r\n", STRICT);
    assertThat(data.read()).isEqualTo(0xff);
    assertThat(data.read()).isEqualTo('\r');
    assertThat(data.read()).isEqualTo('\n');
    assertThat(data.read()).isEqualTo(-1);
    assertThat(data.read()).isEqualTo(-1);
  }

  @Test
  void transferToGivesTheSameOctets() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(stream("a\r\n..b\r\n.\r\n", STRICT).transferTo(out)).isEqualTo(7);
    assertThat(out.toString(StandardCharsets.US_ASCII)).isEqualTo("a\r\n.b\r\n");
  }

  @Test
  void aHeaderIsReadInOnePiece() throws IOException {
    String header = "Received: from here\r\n".repeat(50) + "\r\nHi\r\n";
    DataStream data = stream(header + ".\r\n", STRICT);
    assertThat(data.read(new byte[4096])).isEqualTo(header.length());
  }

  @Test
  void theEndOfTheStreamIsNotTheEndOfTheData() {
    DataStream data = stream("half a mess", STRICT);
    assertThatThrownBy(data::readAllBytes)
        .isInstanceOf(MailDataException.class)
        .hasMessageContaining("left before the end");
  }

  @Test
  void contentThatLeaksCannotBeRead() throws IOException {
    DataStream data = stream("a\r\n.\r\n", STRICT);
    data.close();
    assertThatThrownBy(data::read).isInstanceOf(IOException.class);
    data.drain();
    assertThat(data.octets()).isEqualTo(3);
  }

  @Test
  void aReaderNeverSeesTheEndOfIllegalContent() throws IOException {
    DataStream data = stream("good\r\nbad\nrest\r\n.\r\n", STRICT);
    assertThatThrownBy(data::readAllBytes)
        .isInstanceOf(MailDataException.class)
        .hasMessageContaining("bare CR or a bare LF");
    assertThatThrownBy(data::read).isInstanceOf(MailDataException.class);
    data.drain();
    assertThat(data.violation()).isEqualTo(Violation.BARE_LINE_BREAK);
  }

  private static DataBounds tiny(boolean isStrict) {
    return new DataBounds(4, 3, 3, isStrict);
  }

  private static DataStream stream(String input, DataBounds bounds) {
    byte[] octets = input.getBytes(StandardCharsets.ISO_8859_1);
    return new DataStream(
        new WireReader(Chunks.of(octets, octets.length), new Buffers(new Memory(Long.MAX_VALUE))),
        bounds);
  }

  static void check(
      NaiveData expected, String input, InputStream in, DataBounds bounds, int portion)
      throws IOException {
    WireReader reader = new WireReader(in, new Buffers(new Memory(Long.MAX_VALUE)));
    DataStream data = new DataStream(reader, bounds);
    byte[] seen = readAll(data, portion);
    data.drain();
    assertThat(data.violation()).as("%s", expected).isEqualTo(expected.violation());
    if (expected.violation() == Violation.NONE) {
      assertThat(seen).as("%s", expected).isEqualTo(expected.octets());
    } else {
      byte[] begin = Arrays.copyOf(expected.octets(), seen.length);
      assertThat(seen).as("what was read before %s", expected).isEqualTo(begin);
      assertThat(seen.length).isLessThanOrEqualTo((int) bounds.messageSize());
    }
    assertThat(data.octets()).isEqualTo(expected.content().length());
    assertThat(rest(reader)).as("behind the end").isEqualTo(input.substring(expected.consumed()));
  }

  /** All that the reader still has, as it was sent. */
  private static String rest(WireReader reader) throws IOException {
    StringBuilder rest = new StringBuilder();
    do {
      int length = reader.limit() - reader.position();
      rest.append(
          new String(reader.buffer(), reader.position(), length, StandardCharsets.ISO_8859_1));
      reader.advance(length);
    } while (reader.fill());
    return rest.toString();
  }

  /** Reads until the end or the violation. */
  private static byte[] readAll(DataStream data, int portion) throws IOException {
    ByteArrayOutputStream seen = new ByteArrayOutputStream();
    byte[] buffer = new byte[Math.min(portion, 1 << 16)];
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
}
