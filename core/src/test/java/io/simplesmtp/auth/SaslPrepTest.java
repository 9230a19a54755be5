package io.simplesmtp.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SaslPrepTest {

  /** The examples of RFC 4013 section 3 first. */
  @ParameterizedTest
  @CsvSource({
    "I\u00adX, IX",
    "user, user",
    "USER, USER",
    "\u00aa, a",
    "\u2168, IX",
    "x\u00a0y\u3000z\u200bw, x y z w",
    "x\u200c\u200d\u2060\ufeff\ufe0fy, xy",
    "u\u0308, \u00fc",
    "\u06271\u0628, \u06271\u0628",
    "\u05d0\u05d1, \u05d0\u05d1",
    "a.1 2 3!, a.1 2 3!",
  })
  void maps(String text, String prepared) {
    assertThat(SaslPrep.query(text)).contains(prepared);
    assertThat(SaslPrep.stored(text)).contains(prepared);
  }

  @Test
  void namesHaveALimit() {
    String longest = "a".repeat(SaslPrep.MAX_LENGTH);
    assertThat(SaslPrep.query(longest)).contains(longest);
    assertThat(SaslPrep.query(longest + "a")).isEmpty();
    assertThat(SaslPrep.stored(longest + "\u200d")).isEmpty();
  }

  /** The examples of RFC 4013 section 3 first. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0007",
        "\u06271",
        "1\u0627",
        "\u0627x\u0628",
        "\u0627 x \u0628",
        "\u0000",
        "\u007f",
        "\u0085",
        "\u06dd",
        "\u2028",
        "\u200e",
        "\u202e",
        "\u206a",
        "\u2ff0",
        "\ue000",
        "\ufdd0",
        "\ufffd",
        "\ufffe",
        "\ud800",
        "\udc00x",
        "\ud834\udd73",
        "\udb40\udc01",
        "\udb40\udc20",
        "\udbff\udffd",
        "\ud83f\udffe",
      })
  void prohibits(String text) {
    assertThat(SaslPrep.query(text)).isEmpty();
    assertThat(SaslPrep.stored("x" + text)).isEmpty();
  }

  @Test
  void onlyAQueryMayHaveCharactersThatDoNotExist() {
    assertThat(SaslPrep.query("\u0378")).contains("\u0378");
    assertThat(SaslPrep.stored("\u0378")).isEmpty();
  }

  @Test
  void nothingStaysNothing() {
    assertThat(SaslPrep.query("")).isEqualTo(Optional.of(""));
    assertThat(SaslPrep.query("\u00ad")).isEqualTo(Optional.of(""));
  }
}
