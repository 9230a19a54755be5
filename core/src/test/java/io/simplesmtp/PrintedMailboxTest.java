package io.simplesmtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a mailbox prints is read as itself, and as nothing else. */
class PrintedMailboxTest {

  private static final int ROUNDS = 20_000;

  private final Arbitrary arbitrary = new Arbitrary(5321);

  @Test
  void aMailboxReadsWhatItPrints() {
    for (int round = 0; round < ROUNDS; round++) {
      Mailbox mailbox = arbitrary.mailbox();
      Mailbox again = Mailbox.parse(mailbox.toString());
      assertThat(again).isEqualTo(mailbox).hasToString(mailbox.toString());
      assertThat(again.localPart()).isEqualTo(mailbox.localPart());
      assertThat(mailbox.path()).isEqualTo("<" + mailbox + ">");
    }
  }

  @Test
  void aHostReadsWhatItPrints() {
    for (int round = 0; round < ROUNDS; round++) {
      Host host = arbitrary.host();
      assertThat(Host.parse(host.toString())).isEqualTo(host).hasToString(host.toString());
    }
  }

  /** Outside of its quotes, of which there is one pair at the most, nothing ends or begins. */
  @Test
  void nothingInALocalPartGetsOutOfItsQuotes() {
    for (int round = 0; round < ROUNDS; round++) {
      Mailbox mailbox = arbitrary.mailbox();
      String bare = mailbox.toString().replaceFirst("^\"(?:[^\"\\\\]|\\\\.)*\"@", "quoted@");
      String localPart = bare.substring(0, bare.indexOf('@'));
      assertThat(localPart).isNotEmpty().doesNotContainPattern("[ \"\\\\<>()\\[\\],;:]");
      assertThat(bare.substring(localPart.length() + 1)).isEqualTo(mailbox.domain());
    }
  }
}
