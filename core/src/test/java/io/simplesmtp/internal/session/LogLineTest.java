package io.simplesmtp.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No value leaves its place in a line. */
class LogLineTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a@b.org      | a@b.org
          two words    | "two words"
          a=b          | "a=b"
          no"quote     | "no\\u{22}quote"
          back\\slash   | back\\u{5c}slash
          ünïcode      | ünïcode
          """)
  void aValueIsQuotedAndEscapedWhereItMustBe(String value, String written) {
    assertThat(line(value)).isEqualTo("event key=" + written + " next=1");
  }

  @ParameterizedTest
  @CsvSource({"13", "10", "0", "27", "0x85", "0x2028", "0x202e", "0xd800"})
  void whatIsNotPrintableIsEscaped(String code) {
    String value = new StringBuilder().appendCodePoint(Integer.decode(code)).toString();
    assertThat(line("a" + value + "b")).matches("event key=a(\\\\u\\{[0-9a-f]+}|\\?)b next=1");
  }

  @ParameterizedTest
  @CsvSource({"''"})
  void anEmptyValueIsQuoted(String value) {
    assertThat(line(value)).isEqualTo("event key=\"\" next=1");
  }

  private static String line(String value) {
    return new LogLine("event").with("key", value).with("next", 1).toString();
  }
}
