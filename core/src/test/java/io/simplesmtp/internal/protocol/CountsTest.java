package io.simplesmtp.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.Envelope;
import io.simplesmtp.MailFrom;
import io.simplesmtp.Mailbox;
import io.simplesmtp.Parameter;
import io.simplesmtp.Parameters;
import io.simplesmtp.RcptTo;
import io.simplesmtp.Reply;
import io.simplesmtp.ReversePath;
import java.util.List;
import org.junit.jupiter.api.Test;

class CountsTest {

  private static final int ERRORS = 3;
  private static final Parameters SIZED = Parameters.NONE.with(Parameter.SIZE, 9L);

  private final Counts counts = new Counts(new Rules.Bounds(1000, 10, 2, ERRORS, 2, 3, 10));

  @Test
  void aRecipientWeighsTwoOctetsForEachCharacterAndItsDomainOnce() {
    long first = weightOf("a@b.org");
    long second = weightOf("c@b.org");
    assertThat(second).isGreaterThanOrEqualTo(2L * "c@b.org".length());
    assertThat(first - second).isGreaterThanOrEqualTo(2L * "b.org".length());
    assertThat(weightOf("cccccccccc@b.org")).isEqualTo(second + 18);
    assertThat(weightOf("a@bb.org")).isEqualTo(first + 4);
  }

  private long weightOf(String recipient) {
    return added(() -> counts.accepted(RcptTo.of(Mailbox.parse(recipient))));
  }

  private long added(Runnable what) {
    long before = counts.weight();
    what.run();
    return counts.weight() - before;
  }

  @Test
  void aSenderWeighsWhatItsPathDoes() {
    long empty = added(() -> counts.opened(MailFrom.of(ReversePath.NULL)));
    assertThat(empty).isPositive();
    counts.closed();
    assertThat(added(() -> counts.opened(MailFrom.of(Mailbox.parse("ann@b.org")))))
        .isEqualTo(empty + 2L * "annb.org".length());
  }

  @Test
  void parametersWeighMoreThanTheirLineOfACommandAndNoneWeighNothing() {
    Mailbox mailbox = Mailbox.parse("a@b.org");
    long bare = added(() -> counts.opened(MailFrom.of(mailbox)));
    counts.closed();
    assertThat(added(() -> counts.opened(new MailFrom(mailbox, SIZED))))
        .isGreaterThanOrEqualTo(bare + 2_048);
    long recipient = weightOf("x@x.org") - weightOf("y@x.org");
    assertThat(recipient).as("the domain, which is there once").isPositive();
    long plain = weightOf("z@x.org");
    assertThat(added(() -> counts.accepted(new RcptTo(Mailbox.parse("z@x.org"), SIZED))))
        .isGreaterThanOrEqualTo(plain + 2_048);
  }

  @Test
  void behindATransactionOnlyItsDomainsAreKept() {
    counts.opened(new MailFrom(Mailbox.parse("a@b.org"), SIZED));
    long first = weightOf("x@x.org");
    long domain = first - weightOf("x@x.org"); // which is counted once
    assertThat(domain).isPositive();
    counts.closed();
    assertThat(counts.weight()).isEqualTo(domain);
  }

  @Test
  void theDomainsOfASessionAreBoundedAndKnownOnesGoOn() {
    weightOf("a@one.org");
    assertThat(isTooMany("two.org")).isFalse();
    weightOf("a@two.org");
    assertThat(isTooMany("three.org")).isTrue();
    assertThat(isTooMany("one.org")).isFalse();
  }

  private boolean isTooMany(String domain) {
    return counts.isDomainTooMany(Mailbox.parse("a@" + domain).host());
  }

  @Test
  void aThousandRecipientsTooManyAreNoErrorsAndMoreAre() {
    Step answer = new Step.Answer(Replies.TOO_MANY_RECIPIENTS);
    Step rcpt =
        new Step.Rcpt(
            new Envelope("S1-1", MailFrom.of(ReversePath.NULL), List.of()),
            RcptTo.of(Mailbox.parse("a@b.org")));
    for (int i = 0; i < 500; i++) {
      assertThat(counts.isWrongTooOften(answer, Replies.TOO_MANY_RECIPIENTS)).isFalse();
      assertThat(counts.isWrongTooOften(rcpt, Replies.NO_MEMORY)).isFalse();
    }
    assertThat(wrongs(answer, Replies.TOO_MANY_DOMAINS)).isEqualTo(ERRORS + 1);
    counts.delivered();
    assertThat(counts.isWrongTooOften(answer, Replies.TOO_MANY_DOMAINS)).isFalse();
  }

  @Test
  void errorsAreCountedUntilAMessageIsDelivered() {
    Step answer = new Step.Answer(Replies.BAD_PARAMETER);
    assertThat(wrongs(answer, Replies.BAD_PARAMETER)).isEqualTo(ERRORS + 1);
    counts.delivered();
    assertThat(wrongs(answer, Replies.FAULT)).isEqualTo(ERRORS + 1);
    counts.delivered();
    List<Reply> harmless = List.of(Reply.OK, Replies.CHUNK_OF_REFUSED, Replies.UNKNOWN_CHUNK_SIZE);
    for (Reply reply : harmless) {
      for (int i = 0; i <= ERRORS; i++) {
        assertThat(counts.isWrongTooOften(new Step.Swallow(1, reply), reply)).isFalse();
      }
    }
  }

  /** How often a reply is given until there are too many. */
  private int wrongs(Step step, Reply reply) {
    int wrongs = 1;
    while (wrongs < 100 && !counts.isWrongTooOften(step, reply)) {
      wrongs++;
    }
    return wrongs;
  }

  @Test
  void aChunkWithoutOctetsIsIdleUnlessItEndsAMessage() {
    for (int i = 0; i < 5; i++) {
      assertThat(isIdle(0, true, Phase.BDAT)).isFalse();
      assertThat(isIdle(1, false, Phase.BDAT)).isFalse();
    }
    assertThat(isIdle(0, false, Phase.BDAT)).isFalse();
    assertThat(isIdle(1, true, Phase.DROPPING)).as("of a lost message").isFalse();
    assertThat(isIdle(0, false, Phase.BDAT)).as("the third").isTrue();
  }

  private boolean isIdle(long size, boolean isLast, Phase phase) {
    return counts.isIdleTooOften(new Command.Bdat(size, isLast), phase);
  }
}
