package io.simplesmtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.simplesmtp.PerRecipient.Mixed;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PerRecipientTest {

  @ParameterizedTest
  @CsvSource({
    "250, REFUSE, 0",
    "250, ACCEPT, 0",
    "550, REFUSE, 0",
    "550, ACCEPT, 0",
    "250 250, REFUSE, 0",
    "550 554, REFUSE, 0",
    "550 554, ACCEPT, 0",
    "550 450 451, REFUSE, 1",
    "550 450 451, ACCEPT, 1",
    "250 550 554, REFUSE, 1",
    "250 550 450, REFUSE, 2",
    "550 250 251, ACCEPT, 1",
    "450 550 250, ACCEPT, 2",
  })
  void isFoldedToOneReply(String codes, Mixed mixed, int chosen) {
    List<Reply> replies =
        Arrays.stream(codes.split(" ", -1)).map(c -> Reply.of(Integer.parseInt(c), "x")).toList();
    assertThat(new PerRecipient(replies).withMixed(mixed).folded()).isSameAs(replies.get(chosen));
  }

  @Test
  void refusesMixedRepliesUnlessItIsTold() {
    assertThat(new PerRecipient(List.of(Reply.OK)).mixed()).isEqualTo(Mixed.REFUSE);
  }

  @Test
  void hasRepliesThatAcceptOrRefuse() {
    for (Reply reply : List.of(Reply.of(354, "x"), Reply.of(421, "x"), Reply.of(221, "x"))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new PerRecipient(List.of(Reply.OK, reply)));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> new PerRecipient(List.of()));
  }
}
