package io.simplesmtp.app.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyReaderTest {

  private static final String STREAM =
      "220 mx.test\r\n250-mx.test greets\r\n250-SIZE 5\r\n250 PIPELINING\r\n354\r\n250 2.0.0 OK\r\n";

  @Test
  void repliesAreTheSameWhereverTheStreamIsCut() throws Exception {
    for (int cut = 1; cut <= STREAM.length(); cut++) {
      ReplyReader.Source source = source(STREAM, cut);
      ReplyReader reader = new ReplyReader();
      assertThat(reader.next(source)).isEqualTo(220);
      assertThat(reader.text()).isEqualTo("220 mx.test");
      List<String> lines = new ArrayList<>();
      assertThat(reader.next(source, lines::add)).isEqualTo(250);
      assertThat(lines).containsExactly("mx.test greets", "SIZE 5", "PIPELINING");
      assertThat(reader.next(source)).isEqualTo(354);
      assertThat(reader.text()).isEqualTo("354");
      assertThat(reader.next(source)).isEqualTo(250);
      assertThat(reader.text()).isEqualTo("250 2.0.0 OK");
      assertThat(reader.hasMore()).isFalse();
      assertThatThrownBy(() -> reader.next(source)).isInstanceOf(EOFException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "25\r\n",
        "abc hello\r\n",
        "250x\r\n",
        "199 x\r\n",
        "600 x\r\n",
        "\r\n",
        "250-a\r\n550 b\r\n"
      })
  void whatIsNoReplyEndsIt(String text) {
    assertThatThrownBy(() -> new ReplyReader().next(source(text, text.length())))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("not a reply: ");
  }

  @Test
  void aLineIsAsLongAsTheBufferAtMost() throws Exception {
    String longest = "250 " + "x".repeat(ReplyReader.ROOM - 6) + "\r\n";
    ReplyReader reader = new ReplyReader();
    ReplyReader.Source source = source(longest + longest + "x" + longest, 1000);
    assertThat(reader.next(source)).isEqualTo(250);
    assertThat(reader.next(source)).isEqualTo(250);
    assertThatThrownBy(() -> reader.next(source)).hasMessageContaining("more than 4096 octets");
  }

  @Test
  void aReplyHasAnEnd() {
    assertThatThrownBy(() -> new ReplyReader().next(source("250-x\r\n".repeat(2000), 500)))
        .hasMessageContaining("more than 1000 lines");
  }

  /** Gives so many octets at a time. */
  private static ReplyReader.Source source(String text, int most) {
    var in = new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    return (target, offset, length) -> in.read(target, offset, Math.min(most, length));
  }
}
