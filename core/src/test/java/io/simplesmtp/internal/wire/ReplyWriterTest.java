package io.simplesmtp.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.Arbitrary;
import io.simplesmtp.EnhancedStatus;
import io.simplesmtp.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is written is read by a plain client as the replies that were to be written. */
class ReplyWriterTest {

  private static final int GROUPS = 3_000;
  private static final int MOST_OCTETS = 512;

  private final Arbitrary arbitrary = new Arbitrary(2034);
  private final Memory memory = new Memory(Long.MAX_VALUE);

  @Test
  void aGroupOfRepliesIsReadAsWhatItIs() throws IOException {
    for (int round = 0; round < GROUPS; round++) {
      List<Reply> group = new ArrayList<>();
      for (int left = 1 + arbitrary.below(round % 100 == 0 ? 40 : 4); left > 0; left--) {
        group.add(reply());
      }
      ByteArrayOutputStream octets = new ByteArrayOutputStream();
      ReplyWriter writer = new ReplyWriter(octets, new Buffers(memory));
      for (Reply reply : group) {
        writer.write(reply);
      }
      writer.flush();
      assertThat(read(octets.toString(StandardCharsets.US_ASCII))).isEqualTo(told(group));
      assertThat(memory.held()).isZero();
    }
  }

  private Reply reply() {
    int code = 100 * arbitrary.any(2, 3, 4, 5) + 10 * arbitrary.below(6) + arbitrary.below(10);
    Optional<EnhancedStatus> status =
        code / 100 == 3 || arbitrary.below(3) == 0
            ? Optional.empty()
            : Optional.of(
                new EnhancedStatus(code / 100, arbitrary.below(1000), arbitrary.below(1000)));
    List<String> lines = new ArrayList<>();
    int most = arbitrary.below(9) == 0 ? Reply.MAX_LINES : 3;
    for (int left = 1 + arbitrary.below(most); left > 0; left--) {
      lines.add(arbitrary.printable(arbitrary.below(9) == 0 ? Reply.MAX_TEXT : 20));
    }
    return new Reply(code, status, lines);
  }

  /** As a client understands it: without a status of its own a line may begin with any text. */
  private static List<String> told(List<Reply> group) {
    return group.stream()
        .map(reply ->
            reply.code()
                + reply.lines().stream()
                    .map(line -> reply.status().map(s -> s + " ").orElse("") + line)
                    .toList()
                    .toString())
        .toList();
  }

  /** {@code Reply-line} of RFC 5321 section 4.2: a code, a hyphen or a space, a text, CR LF. */
  private static List<String> read(String octets) {
    List<String> replies = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    assertThat(octets).endsWith("\r\n");
    for (String line : octets.substring(0, octets.length() - 2).split("\r\n", -1)) {
      assertThat(line).hasSizeLessThanOrEqualTo(MOST_OCTETS - 2).doesNotContain("\r", "\n");
      String code = line.substring(0, 3);
      assertThat(code).matches("[2-5][0-5][0-9]");
      assertThat(line.charAt(3)).isIn(' ', '-');
      texts.add(line.substring(4));
      if (line.charAt(3) == ' ') {
        replies.add(code + texts);
        texts.clear();
      }
    }
    assertThat(texts).as("lines of a reply without an end").isEmpty();
    return replies;
  }
}
