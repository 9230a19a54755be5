package io.simplesmtp.app.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplesmtp.Mailbox;
import io.simplesmtp.ReversePath;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class LetterTest {

  private static final ZonedDateTime DATE =
      ZonedDateTime.of(2026, 3, 1, 2, 3, 4, 0, ZoneOffset.UTC);

  @Test
  void everySizeIsExactAndEveryLineLegal() throws Exception {
    int least = smallest();
    for (long size = least; size < least + 400; size++) {
      check(size);
    }
    for (long size : new long[] {64_000, 64_001, 128_000, 128_230, 128_231, 1 << 20}) {
      for (long more = 0; more < 3; more++) {
        check(size + more);
      }
    }
  }

  @Test
  void aSizeThatIsTooSmallIsToldHowSmallItMayBe() {
    assertThatThrownBy(() -> letter(smallest() - 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a message with this header has " + smallest() + " octets at least");
  }

  @Test
  void onlyTheNumberDiffersFromOneMessageToTheNext() throws Exception {
    Letter letter = letter(500);
    byte[] header = letter.header();
    String first = text(letter, header, 7);
    String second = text(letter, header, 123_456_789_012L);
    assertThat(first).contains("Message-ID: <000000000007.run@client.test>\r\n");
    assertThat(second).isEqualTo(first.replace("000000000007", "123456789012"));
    assertThat(first).contains("Date: Sun, 1 Mar 2026 02:03:04 +0000\r\n");
  }

  @Test
  void longFieldsAreFoldedAndTheNullPathHasASender() throws Exception {
    String name = "a".repeat(60) + ".example.org";
    Mail mail =
        new Mail(ReversePath.NULL, List.of(Mailbox.parse("bob@" + name)), 1000, false, false);
    Letter letter = new Letter(mail, name, "run", DATE);
    assertThat(text(letter, letter.header(), 1))
        .hasSize(1000)
        .contains("\r\nFrom:\r\n <postmaster@" + name + ">\r\n")
        .contains("\r\nTo:\r\n <bob@" + name + ">\r\n")
        .contains("\r\nMessage-ID:\r\n <000000000001.run@" + name + ">\r\n");
  }

  private static void check(long size) throws Exception {
    Letter letter = letter(size);
    assertThat(letter.size()).isEqualTo(size);
    String text = text(letter, letter.header(), 1);
    assertThat(text.length()).isEqualTo((int) size);
    assertThat(text).endsWith("\r\n").contains("\r\n\r\n");
    assertThat(text.replace("\r\n", "")).doesNotContain("\r", "\n");
    for (String line : text.split("\r\n", -1)) {
      assertThat(line.length()).isLessThanOrEqualTo(Letter.LINE);
      assertThat(line).doesNotStartWith(".");
    }
  }

  private static String text(Letter letter, byte[] header, long number) throws Exception {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    letter.append(octets::writeBytes, header, number);
    return octets.toString(StandardCharsets.US_ASCII);
  }

  private static int smallest() {
    try {
      return (int) letter(1).size();
    } catch (IllegalArgumentException e) {
      return Integer.parseInt(String.valueOf(e.getMessage()).replaceAll("\\D", ""));
    }
  }

  private static Letter letter(long size) {
    Mail mail =
        new Mail(
            Mailbox.parse("ann@example.org"),
            List.of(Mailbox.parse("bob@example.org")),
            size,
            false,
            false);
    return new Letter(mail, "client.test", "run", DATE);
  }
}
