package io.simplesmtp.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.Parameter;
import io.simplesmtp.server.Admission;
import io.simplesmtp.server.CloseCause;
import io.simplesmtp.server.Extension;
import io.simplesmtp.server.Faults;
import io.simplesmtp.server.Session;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

/** What AUTH counts, holds back and changes in a session. */
class AuthInASessionTest {

  private static final Optional<InetAddress> CLIENT = Optional.of(InetAddress.getLoopbackAddress());
  private static final String RIGHT = "AUTH PLAIN AGFubgBzZWNyZXQ=";
  private static final String WRONG = "AUTH PLAIN AGFubgB3cm9uZw==";

  private static final Parameter<String> XUSER = Parameter.of("XUSER", value -> "");

  private static AuthFailures failures(int most, Duration delay) {
    return new AuthFailures(
        Admission.DEFAULT.withAuthFailuresPerClient(most).withAuthFailureDelay(delay));
  }

  @Test
  void aCheckThatIsOverIsNotCounted() {
    AuthFailures failures = failures(2, Duration.ZERO);
    Talk talk = new Talk(new Setup().with(failures)).says("EHLO client.test", RIGHT);
    assertThat(talk.run()).isEqualTo(CloseCause.CLIENT_GONE);
    assertThat(talk.heard()).endsWith("235 2.7.0 Authentication succeeded");
    assertThat(failures.size()).isZero();
  }

  /** A challenge may have told that it failed. */
  @Test
  void anExchangeIsUnderWayWhileTheClientThinks() {
    AuthFailures failures = failures(1, Duration.ZERO);
    Talk talk =
        new Talk(new Setup().with(failures))
            .says("EHLO client.test")
            .says("AUTH LOGIN")
            .does(() -> {
              assertThat(failures.begins(CLIENT)).isFalse();
              return "YW5u\r\n";
            })
            .says("c2VjcmV0");
    assertThat(talk.run()).isEqualTo(CloseCause.CLIENT_GONE);
    assertThat(talk.codes()).endsWith("334", "334", "235");
    assertThat(failures.size()).isZero();
  }

  /** The replies before it have gone out, as the client waits for them. */
  @Test
  void aFailureIsHeldBackAndAShutdownEndsThat() {
    Setup setup = new Setup().with(failures(9, Duration.ofMinutes(1)));
    Talk talk = new Talk(setup).says("EHLO client.test").says("RSET", WRONG);
    setup.checking((session, user, password) -> {
      assertThat(talk.deadline().drain()).isFalse();
      return Optional.empty();
    });
    assertThat(talk.run()).isEqualTo(CloseCause.SHUTDOWN);
    assertThat(talk.codes()).containsExactly("220", "250", "250", "421");
  }

  /** An extension for clients that have authenticated, one of whom it fails. */
  private record ForUsers(boolean isBroken) implements Extension {
    @Override
    public String keyword() {
      return "XUSER";
    }

    @Override
    public Set<Need> needs() {
      return Set.of(Need.AUTHENTICATION);
    }

    @Override
    public Optional<String> line(Session session) {
      if (isBroken) {
        throw new IllegalStateException("planted");
      }
      return Optional.of("XUSER");
    }

    @Override
    public List<Parameter<?>> mailParameters() {
      return List.of(XUSER);
    }
  }

  @Test
  void whatAUserIsOfferedIsServedFromThenOn() {
    Talk talk =
        new Talk(new Setup().with(new ForUsers(false)))
            .says("EHLO client.test", "MAIL FROM:<> XUSER", RIGHT)
            .says("MAIL FROM:<> XUSER");
    assertThat(talk.run()).isEqualTo(CloseCause.CLIENT_GONE);
    assertThat(talk.heard().subList(2, 5))
        .containsExactly(
            "555 5.5.4 Parameter not recognized or not implemented",
            "235 2.7.0 Authentication succeeded",
            "250 2.1.0 Sender OK");
  }

  @Test
  void anExtensionThatFailsAUserHarmsNothingElse() {
    try (Faults faults = Faults.open()) {
      Talk talk =
          new Talk(new Setup().with(new ForUsers(true)))
              .says("EHLO client.test", RIGHT)
              .says("MAIL FROM:<>");
      assertThat(talk.run()).isEqualTo(CloseCause.CLIENT_GONE);
      assertThat(talk.heard().subList(2, 4))
          .containsExactly("235 2.7.0 Authentication succeeded", "250 2.1.0 Sender OK");
      assertThat(faults.records())
          .extracting(LogRecord::getMessage)
          .containsExactly("Session S1: fault in the service extensions");
    }
  }
}
