package io.simplesmtp.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What XCLIENT and XFORWARD tell is short and printable, or refused. */
class AttributesFuzzTest {

  @FuzzTest(maxDuration = "10m")
  void areShortAndPrintableOrRefused(byte[] argument) {
    String text = new String(argument, StandardCharsets.UTF_8);
    for (boolean isForward : new boolean[] {false, true}) {
      Attributes.parse(isForward, text).ifPresent(AttributesFuzzTest::check);
    }
  }

  private static void check(Attributes attributes) {
    assertThat(attributes.values()).isNotEmpty();
    for (Optional<String> value : attributes.values().values()) {
      value.ifPresent(told ->
          assertThat(told)
              .hasSizeBetween(1, 255)
              .matches(t -> t.codePoints().noneMatch(Character::isISOControl), "is printable"));
    }
  }
}
