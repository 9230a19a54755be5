package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplesmtp.Reply;
import io.simplesmtp.SmtpRejectException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 5322 section 2.2: no field is missed, and what stays is octet by octet as it was. */
class HeaderStreamTest {

  private static final int MAX = HeaderStream.MAX_FIELD;

  /** Notes the fields, and drops those whose name begins with X. */
  private static final class Notes implements HeaderCheck {
    private final List<String> seen = new ArrayList<>();
    private int ends;

    @Override
    public boolean keeps(HeaderField field) {
      String value = field.value();
      seen.add(field.name() + "=" + (value.length() > 50 ? value.length() : value));
      return !field.key().startsWith("x");
    }

    @Override
    public void end() {
      ends++;
    }
  }

  record Case(String message, List<String> seen, String left) {

    /** All of it is left. */
    Case(String message, List<String> seen) {
      this(message, seen, message);
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case("", List.of(), ""),
        new Case("\r\n", List.of(), "\r\n"),
        new Case("\n", List.of(), "\n"),
        new Case("\r\n body: x\r\n", List.of(), "\r\n body: x\r\n"),
        new Case("A: b\r\n", List.of("A= b"), "A: b\r\n"),
        new Case("A: b", List.of("A= b"), "A: b"),
        new Case("A:b\r\n\r\nX: body\r\n", List.of("A=b"), "A:b\r\n\r\nX: body\r\n"),
        new Case("A: b\r\n\tc\r\n d\r\nE: f\r\n\r\n", List.of("A= b\tc d", "E= f")),
        new Case(
            "A: b\nX: c\n d\nE: f\n\nbody",
            List.of("A= b", "X= c d", "E= f"),
            "A: b\nE: f\n\nbody"),
        new Case("X: b\r\n c\r\n\r\nbody", List.of("X= b c"), "\r\nbody"),
        new Case("X: b", List.of("X= b"), ""),
        new Case(
            "A: 1\r\nX-1: 2\r\nX-2: 3\r\nB: 4\r\n\r\n",
            List.of("A= 1", "X-1= 2", "X-2= 3", "B= 4"),
            "A: 1\r\nB: 4\r\n\r\n"),
        new Case("x  : b\r\nA \t: c\r\n", List.of("x= b", "A= c"), "A \t: c\r\n"),
        new Case(
            "no colon\r\nX: y\r\nB: z\r\n\r\n",
            List.of("=no colon", "X= y", "B= z"),
            "no colon\r\nB: z\r\n\r\n"),
        new Case(" folded: first\r\nB: z\r\n", List.of("= folded: first", "B= z")),
        new Case(": nameless\r\n", List.of("=: nameless")),
        new Case("A: b\r\n \r\n c\r\n\r\n", List.of("A= b  c")),
        new Case("A: \u00e4\u00ff\u0000\r\n\r\n", List.of("A= \u00e4\u00ff\u0000")),
        new Case("A: \r\r\n\r\n", List.of("A= ")),
        new Case("\r\r\nX: y\r\n", List.of("=", "X= y"), "\r\r\n"),
        new Case("A: b\rX: y\rB: z\r\n", List.of("A= b", "X= y", "B= z"), "A: b\rB: z\r\n"),
        new Case("A: b\r c\r\td\rX: y\r e\r\n", List.of("A= b c\td", "X= y e"), "A: b\r c\r\td\r"),
        new Case(
            "A: b\r\rX: y\r\n\r\nbody\rX: y", List.of("A= b", "X= y"), "A: b\r\r\r\nbody\rX: y"),
        new Case("A: b\n\rX: y\n\nX", List.of("A= b", "=", "X= y"), "A: b\n\r\nX"),
        new Case("A: b\r\r\nX: y\r\r\nB: z", List.of("A= b", "X= y", "B= z"), "A: b\r\r\nB: z"),
        new Case("\rX: y\r", List.of("=", "X= y"), "\r"),
        new Case(field("A", MAX), List.of("A=" + (MAX - 4))),
        new Case(
            field("A", MAX) + "X: y\r\nB: z\r\n\r\n",
            List.of("A=" + (MAX - 4), "X= y", "B= z"),
            field("A", MAX) + "B: z\r\n\r\n"),
        new Case(field("A", MAX) + "\r\nX: body", List.of("A=" + (MAX - 4))),
        new Case(field("A", MAX) + "\tX: y\r\nB: z\r\n", List.of("A=" + (MAX - 4), "B= z")),
        new Case(
            field("A", MAX + 1) + "X: y\r\n",
            List.of("A=" + (MAX - 3), "X= y"),
            field("A", MAX + 1)),
        new Case(
            "A:" + "v".repeat(MAX - 3) + "\rX: y\r\n",
            List.of("A=" + (MAX - 3), "X= y"),
            "A:" + "v".repeat(MAX - 3) + "\r"),
        new Case("A:" + "v".repeat(MAX - 2) + "\r\nB: z\r\n", List.of("A=" + (MAX - 2), "B= z")),
        new Case(
            field("X", 3 * MAX + 7) + "B: z\r\n", List.of("X=" + (MAX - 2), "B= z"), "B: z\r\n"),
        new Case(field("X", 2 * MAX) + "\r\nbody", List.of("X=" + (MAX - 2)), "\r\nbody"),
        new Case(
            field("A", 2 * MAX) + field("A", 2 * MAX),
            List.of("A=" + (MAX - 2), "A=" + (MAX - 2))));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void fieldsAreSeenAndDroppedHoweverTheyAreRead(Case sample) throws IOException {
    for (int most : new int[] {1, 2, 3, 7, 8192, 100_000}) {
      for (int asked : new int[] {1, 2, 5, 4096, 200_000}) {
        Notes notes = new Notes();
        InputStream content = new HeaderStream(cut(sample.message(), most), notes);
        assertThat(drained(content, asked)).isEqualTo(sample.left());
        assertThat(notes.seen).isEqualTo(sample.seen());
        assertThat(notes.ends).isEqualTo(1);
      }
    }
  }

  @Test
  void readsOctetByOctet() throws IOException {
    InputStream content = new HeaderStream(of("X: y\r\nA: \u00ff\r\n\r\n."), new Notes());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int octet = content.read(); octet >= 0; octet = content.read()) {
      out.write(octet);
    }
    assertThat(out.toString(StandardCharsets.ISO_8859_1)).isEqualTo("A: \u00ff\r\n\r\n.");
    assertThat(content.read(new byte[1], 0, 0)).isZero();
  }

  @Test
  void aFieldIsSeenBeforeItsFirstOctet() throws IOException {
    Notes notes = new Notes();
    InputStream content = new HeaderStream(of("A: 1\r\nB: 2\r\n\r\nbody"), notes);
    assertThat(content.read()).isEqualTo('A');
    assertThat(notes.seen).containsExactly("A= 1");
    assertThat(content.readNBytes(6)).hasSize(6);
    assertThat(notes.seen).hasSize(2);
    assertThat(notes.ends).isZero();
  }

  @Test
  void aLongFieldSaysSo() throws IOException {
    List<Boolean> cut = new ArrayList<>();
    HeaderCheck check = field -> cut.add(field.isCut());
    drained(new HeaderStream(of(field("A", MAX + 1) + field("A", MAX)), check), 4096);
    assertThat(cut).containsExactly(true, false);
  }

  /** How long a field gets, and where it stops, is up to the client. */
  @Test
  void onlySomeKibibytesOfTheLongestFieldAreHeld() throws IOException {
    InputStream source = of(field("A", 200_000) + "\r\n");
    int left = source.available();
    HeaderStream content = new HeaderStream(source, new Notes());
    while (content.read() >= 0) {
      left--;
      assertThat(left - source.available()).isLessThanOrEqualTo(6 << 10);
    }
    assertThat(left).isZero();
  }

  @Test
  void aNameBehindWhichAFieldIsCutIsStillItsName() throws IOException {
    Notes notes = new Notes();
    String spaces = " ".repeat(MAX);
    String left =
        drained(new HeaderStream(of("X" + spaces + ": y\r\nA" + spaces + "b: c\r\n"), notes), 4096);
    assertThat(notes.seen).containsExactly("X=", "A=");
    assertThat(left).isEqualTo("A" + spaces + "b: c\r\n");
  }

  @Test
  void aRefusalIsFinal() throws IOException {
    HeaderCheck check =
        field -> {
          throw new SmtpRejectException(Reply.of(554, "5.6.0", "No " + field.name()));
        };
    HeaderStream content = new HeaderStream(of("A: 1\r\nB: 2\r\n\r\nbody"), check);
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(content::read)
          .isInstanceOf(SmtpRejectException.class)
          .hasMessage("554 5.6.0 No A");
    }
    assertThatThrownBy(content::skipHeader).hasMessage("554 5.6.0 No A");
  }

  @Test
  void theEndOfTheHeaderCanRefuse() throws IOException {
    HeaderCheck check =
        new HeaderCheck() {
          @Override
          public boolean keeps(HeaderField field) {
            return true;
          }

          @Override
          public void end() {
            throw new SmtpRejectException(Reply.of(554, "5.6.0", "No date"));
          }
        };
    HeaderStream content = new HeaderStream(of("A: 1\r\n\r\nbody"), check);
    assertThat(content.readNBytes(6)).hasSize(6);
    assertThatThrownBy(content::readAllBytes).hasMessage("554 5.6.0 No date");
    assertThatThrownBy(content::readAllBytes).hasMessage("554 5.6.0 No date");
  }

  @Test
  void theRestOfTheHeaderCanBeSkipped() throws IOException {
    Notes notes = new Notes();
    HeaderStream content = new HeaderStream(of("A: 1\r\nB: 2\r\n\r\nbody"), notes);
    assertThat(content.read()).isEqualTo('A');
    content.skipHeader();
    assertThat(notes.seen).containsExactly("A= 1", "B= 2");
    assertThat(drained(content, 10)).isEqualTo("body");
    content.skipHeader();
    assertThat(notes.ends).isEqualTo(1);
  }

  @Test
  void closingItClosesTheContent() throws IOException {
    boolean[] isClosed = new boolean[1];
    InputStream content =
        new FilterInputStream(InputStream.nullInputStream()) {
          @Override
          public void close() {
            isClosed[0] = true;
          }
        };
    new HeaderStream(content, new Notes()).close();
    assertThat(isClosed).containsExactly(true);
  }

  /** A field of so many octets with its CR LF. */
  private static String field(String name, int octets) {
    return name + ":" + "v".repeat(octets - name.length() - 3) + "\r\n";
  }

  private static InputStream of(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** A stream that gives so many octets at once at the most. */
  private static InputStream cut(String text, int most) {
    return new FilterInputStream(of(text)) {
      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        return super.read(target, offset, Math.min(length, most));
      }
    };
  }

  private static String drained(InputStream content, int asked) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] block = new byte[asked];
    for (int count = content.read(block); count >= 0; count = content.read(block)) {
      assertThat(count).isPositive();
      out.write(block, 0, count);
    }
    return out.toString(StandardCharsets.ISO_8859_1);
  }
}
