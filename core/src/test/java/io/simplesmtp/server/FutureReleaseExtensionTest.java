package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplesmtp.Hold;
import io.simplesmtp.MailFrom;
import io.simplesmtp.Parameter;
import io.simplesmtp.Parameters;
import io.simplesmtp.Reply;
import io.simplesmtp.ReversePath;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class FutureReleaseExtensionTest {

  private static final Instant NOW = Instant.parse("2030-01-31T08:00:00.9Z");

  private static final Extension DAY =
      new FutureReleaseExtension(Duration.ofDays(1), InstantSource.fixed(NOW));

  @Test
  void theLineTellsTheLongestTimeAndWhenItEnds() {
    assertThat(DAY.line(session(Auth.REQUIRED)))
        .contains("FUTURERELEASE 86400 2030-02-01T08:00:00Z");
    assertThat(DAY.line(session(Auth.OFFERED))).isEmpty();
    assertThat(DAY.line(session(Auth.NONE))).isEmpty();
  }

  @Test
  void aTimeIsRefusedPastTheLongest() {
    assertThat(until("2030-02-01T08:00:00Z")).isEmpty();
    assertThat(until("2030-02-01T08:00:00.9Z")).isEmpty();
    assertThat(until("2030-02-01T08:00:00.900000001Z")).isPresent();
    assertThat(until("2001-01-01T00:00:00Z")).isEmpty();
    assertThat(DAY.refusal(session(Auth.REQUIRED), MailFrom.of(ReversePath.NULL))).isEmpty();
  }

  @Test
  void theHoldTellsWhenItEnds() {
    Parameters parameters =
        Parameters.NONE.with(Parameter.HOLDFOR, new Hold.For(Duration.ofSeconds(5)));
    assertThat(Hold.of(parameters)).map(hold -> hold.release(NOW)).contains(NOW.plusSeconds(5));
    assertThat(new Hold.Until(NOW.minusSeconds(5)).release(NOW)).isEqualTo(NOW);
    assertThat(new Hold.Until(NOW.plusSeconds(5)).release(NOW)).isEqualTo(NOW.plusSeconds(5));
    assertThat(Hold.of(Parameters.NONE)).isEmpty();
  }

  @Test
  void boundsAndNamesThatCannotBeAnnouncedAreRefused() {
    assertRefused(() -> Extension.futureRelease(Duration.ZERO));
    assertRefused(() -> Extension.futureRelease(Duration.ofSeconds(1_000_000_000)));
    assertRefused(() -> Extension.deliverBy(Duration.ofSeconds(-1)));
    assertRefused(() -> Extension.deliverBy(Duration.ofMillis(1500)));
    assertRefused(() -> Extension.mtPriority(""));
    assertRefused(() -> Extension.mtPriority("MIXER\r\n250 X"));
    assertRefused(() -> Extension.mtPriority("M".repeat(41)));
  }

  private static void assertRefused(ThrowingCallable making) {
    assertThatThrownBy(making).isInstanceOf(IllegalArgumentException.class);
  }

  private static Optional<Reply> until(String time) {
    Parameters parameters = Parameters.NONE.with(Parameter.HOLDUNTIL, Hold.Until.parse(time));
    return DAY.refusal(session(Auth.REQUIRED), new MailFrom(ReversePath.NULL, parameters));
  }

  private static Session session(Auth auth) {
    Listener listener = Listener.smtp(0).withAuth(auth);
    InetSocketAddress nowhere = InetSocketAddress.createUnresolved("localhost", 1);
    return new Session(
        "S1",
        new ConnectionInfo(nowhere, nowhere, listener),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
