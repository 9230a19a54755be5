package io.simplesmtp.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PrintableTest {

  @Test
  void textIsShownAsItIsAndAllElseByItsNumber() {
    assertThat(of("NOOP \u00e9\ud83d\ude00")).isEqualTo("NOOP \u00e9\ud83d\ude00");
    assertThat(of("a\r\n\0b\\c\u2028\u202e\ue000"))
        .isEqualTo("a\\u{d}\\u{a}\\u{0}b\\u{5c}c\\u{2028}\\u{202e}\\u{e000}");
  }

  @Test
  void onlyTheBeginOfALongTextIsShown() {
    assertThat(of("x".repeat(512))).isEqualTo("x".repeat(512));
    assertThat(of("x".repeat(513))).isEqualTo("x".repeat(512) + "...");
    byte[] octets = ("y" + "x".repeat(600)).getBytes(StandardCharsets.US_ASCII);
    assertThat(Printable.of(octets, 1, octets.length)).isEqualTo("x".repeat(512) + "...");
    assertThat(Printable.of(octets, 0, 2)).isEqualTo("yx");
  }

  private static String of(String text) {
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    return Printable.of(octets, 0, octets.length);
  }
}
