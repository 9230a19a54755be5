package io.simplesmtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class XtextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          abc             | abc
          !~*,;<>@        | !~*,;<>@
          1 + 1 = 2       | 1+20+2B+201+20+3D+202
          \u00fc\ud83d\ude00 | +C3+BC+F0+9F+98+80
          """)
  void octetsThatMayNotStandThereAreEncoded(String text, String xtext) {
    assertThat(Xtext.encode(text)).isEqualTo(xtext);
    assertThat(Xtext.decode(xtext)).isEqualTo(text);
  }

  @Test
  void controlsAreEncodedAndCapitalsAreTheDigits() {
    assertThat(Xtext.encode("a\r\n\0\u007f")).isEqualTo("a+0D+0A+00+7F");
    assertThat(Xtext.decode("a+0D+0A+00+7F")).isEqualTo("a\r\n\0\u007f");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+",
        "+4",
        "+4G",
        "+0d",
        "++41",
        "a b",
        "a=b",
        "\u00fc",
        "a\r",
        "+C3",
        "+ED+A0+80"
      })
  void whatIsNoXtextIsRefused(String text) {
    assertThatThrownBy(() -> Xtext.decode(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void halfASurrogatePairHasNoXtext() {
    assertThatThrownBy(() -> Xtext.encode("\ud800")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsEncodedDecodesToItself() {
    Random random = new Random(3461);
    for (int round = 0; round < 20_000; round++) {
      String text = text(random);
      String xtext = Xtext.encode(text);
      assertThat(xtext).matches("[!-*,-<>-~]*([+][0-9A-F]{2}[!-*,-<>-~]*)*");
      assertThat(Xtext.decode(xtext)).isEqualTo(text);
      assertThat(Unitext.decode(Unitext.encode(printable(text), false))).isEqualTo(printable(text));
      assertThat(Unitext.encode(printable(text), true)).matches("[!-*,-<>-~]*");
      assertThat(Unitext.decode(Unitext.encode(printable(text), true))).isEqualTo(printable(text));
    }
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(10); n > 0; n--) {
      int point = random.nextInt(random.nextBoolean() ? 0x80 : Character.MAX_CODE_POINT + 1);
      text.appendCodePoint(point >= 0xd800 && point < 0xe000 ? '\\' : point);
    }
    return text.toString();
  }

  private static String printable(String text) {
    return text.replaceAll("[\\x00-\\x1f\\x7f]", "+");
  }
}
