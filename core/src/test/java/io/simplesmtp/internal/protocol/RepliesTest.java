package io.simplesmtp.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.Reply;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RepliesTest {

  private static final String HOST = "mx.test";

  @Test
  void aReplyThatClosesBeginsWithTheHostIfThatFits() {
    int most = Reply.MAX_TEXT - HOST.length() - 1;
    Reply fits = Reply.of(421, "4.3.2", "x".repeat(most));
    assertThat(Replies.closing(HOST, fits).lines()).containsExactly("mx.test " + "x".repeat(most));
    Reply tooLong = Reply.of(421, "4.3.2", "x".repeat(most + 1));
    assertThat(Replies.closing(HOST, tooLong)).isEqualTo(tooLong);
    Reply lines = Reply.of(421, "4.3.2", "Not", "now");
    assertThat(Replies.closing(HOST, lines)).isEqualTo(lines);
  }

  @Test
  void helpNamesTheCommandsInOneLineAndThoseOfExtensionsBehindIt() {
    assertThat(Replies.help(false, List.of("HELO", "EHLO"), Set.of("XB", "XA")).lines())
        .containsExactly("HELO EHLO", "XA", "XB", "See RFC 5321");
    assertThat(Replies.help(true, List.of("LHLO"), Set.of()).lines())
        .containsExactly("LHLO", "See RFC 2033");
  }
}
