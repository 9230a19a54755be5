package io.simplesmtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyTest {

  @ParameterizedTest
  @ValueSource(strings = {"a\r\n250 OK", "a\nb", "a\rb", "a\0", "\u001b[2J", "gr\u00fc\u00df"})
  void noTextCanForgeAnotherReply(String text) {
    assertThatThrownBy(() -> Reply.of(550, "5.1.1", text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("printable ASCII");
  }

  @Test
  void codeAndStatusAgree() {
    assertThatThrownBy(() -> Reply.of(550, "4.1.1", "No"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Reply.of(354, "2.0.0", "Go"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Reply.of(450, "Later").status()).contains(new EnhancedStatus(4, 0, 0));
    assertThat(Reply.of(354, "Go").status()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 99, 199, 600, 2500})
  void codesHaveThreeDigitsFromTwoToFive(int code) {
    assertThatThrownBy(() -> new Reply(code, Optional.empty(), List.of("x")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aReplyHasAtLeastOneLineAndNoEndlessOnes() {
    assertThatThrownBy(() -> new Reply(250, Optional.empty(), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Reply.ok("x".repeat(Reply.MAX_TEXT + 1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Reply.ok("x".repeat(Reply.MAX_TEXT)).lines()).hasSize(1);
  }

  @Test
  void aRefusalIsNotAnAcceptance() {
    assertThatThrownBy(() -> new SmtpRejectException(Reply.OK))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(new SmtpRejectException(Reply.of(550, "No"))).hasMessage("550 5.0.0 No");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "5.1", "5.1.1.1", "5.1.x", "3.1.1", "5.1000.1", "5.-1.1"})
  void notAStatus(String text) {
    assertThatThrownBy(() -> EnhancedStatus.parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
