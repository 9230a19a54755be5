package io.simplesmtp.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.server.Admission;
import io.simplesmtp.server.Auth;
import io.simplesmtp.server.Limits;
import io.simplesmtp.server.Listener;
import io.simplesmtp.server.Network;
import io.simplesmtp.server.Timeouts;
import io.simplesmtp.server.Tls;
import io.simplesmtp.server.Trust;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What the program makes of flags that are right. */
class FlagValuesTest {

  @Test
  void withoutFlagsTheDefaultsAreTheLibrarys() {
    ServerFlags flags = parsed();
    List<Listener> listeners = flags.listen.listeners(false, false, true);
    assertThat(listeners).hasSize(1);
    assertThat(Welcome.text(listeners.get(0).address())).isEqualTo("127.0.0.1:2525");
    assertThat(listeners.get(0).auth()).isEqualTo(Auth.NONE);
    assertThat(listeners.get(0).tls()).isEqualTo(Tls.OFFERED);
    assertThat(flags.limits.limits()).isEqualTo(Limits.DEFAULT);
    assertThat(flags.limits.timeouts()).isEqualTo(Timeouts.DEFAULT);
  }

  @Test
  void listenersHaveTheirRules() {
    ServerFlags flags =
        parsed(
            ("--submissions [::1]:3 --listen 127.0.0.1:1 --lmtp unix:/run/s --submission"
                    + " 127.0.0.1:2 --listen unix:s")
                .split(" ", -1));
    List<Listener> listeners = flags.listen.listeners(true, false, true);
    assertThat(listeners)
        .extracting(
            l -> Welcome.text(l.address()) + " " + l.protocol() + " " + l.tls() + " " + l.auth())
        .containsExactly(
            "127.0.0.1:1 SMTP OFFERED OFFERED",
            "unix:s SMTP OFFERED OFFERED",
            "unix:/run/s LMTP OFFERED OFFERED",
            "127.0.0.1:2 SMTP REQUIRED REQUIRED",
            "[0:0:0:0:0:0:0:1]:3 SMTP IMPLICIT REQUIRED");
    assertThat(flags.listen.kinds())
        .containsExactly("SMTP", "SMTP", "LMTP", "submission", "submissions");
    assertThat(listeners).noneMatch(Listener::isAuthWithoutTls);
  }

  @Test
  void submissionAloneListensNowhereElse() {
    ServerFlags flags = parsed("--submission", "127.0.0.1:2");
    assertThat(flags.listen.listeners(true, true, false))
        .singleElement()
        .matches(l -> l.tls() == Tls.NONE && l.auth() == Auth.REQUIRED && l.isAuthWithoutTls());
  }

  @Test
  void lmtpAloneListensNowhereElse() {
    assertThat(parsed("--lmtp", "unix:/run/s").listen.listeners(false, false, true)).hasSize(1);
  }

  @Test
  void anInheritedSocketHasTheRulesOfItsFlag() {
    ServerFlags flags = parsed("--submissions", "inherited", "--xclient", "10.0.0.0/8");
    flags.listen.check();
    flags.trust.check(flags.listen);
    List<Listener> listeners = flags.listen.listeners(true, false, true);
    assertThat(listeners)
        .singleElement()
        .matches(l -> l.address().equals(Listener.INHERITED) && l.tls() == Tls.IMPLICIT);
    assertThat(flags.trust.on(listeners.get(0)).trust()).isEqualTo(flags.trust.trust());
  }

  @Test
  void networksAreTrustedAsTheFlagsSay() {
    ServerFlags flags =
        parsed("--proxy-protocol 10.0.0.0/8 --xclient ::1 --xclient ::1".split(" ", -1));
    assertThat(flags.trust.trust())
        .isEqualTo(
            new Trust(
                Set.of(Network.parse("10.0.0.0/8")),
                Set.of(Network.parse("::1")),
                Set.of(Network.parse("::1"))));
  }

  @Test
  void limitsAreTheServers() {
    ServerFlags flags =
        parsed(
            ("--max-size 10K --max-recipients 7 --max-connections 8 --max-connections-per-client 9"
                    + " --timeout 60s --greet-delay 2s --rate 5/1m")
                .split(" ", -1));
    assertThat(flags.limits.limits())
        .isEqualTo(Limits.DEFAULT.withMessageSize(10_240).withRecipients(7));
    assertThat(flags.limits.admission())
        .isEqualTo(Admission.DEFAULT.withConnections(8).withConnectionsPerClient(9));
    Duration minute = Duration.ofMinutes(1);
    assertThat(flags.limits.timeouts())
        .isEqualTo(
            Timeouts.DEFAULT
                .withIdle(minute)
                .withCommand(minute)
                .withDataBlock(minute)
                .withGreetingDelay(Duration.ofSeconds(2)));
    assertThat(flags.limits.rate).isEqualTo(new Rate(5, minute));
  }

  @Test
  void aTimeoutHoldsForTheHandshakeToo() {
    assertThat(parsed("--timeout", "5s").limits.timeouts().handshake())
        .isEqualTo(Duration.ofSeconds(5));
    assertThat(parsed("--timeout", "31s").limits.timeouts().handshake())
        .isEqualTo(Timeouts.DEFAULT.handshake());
  }

  @Test
  void aSessionIsNotShorterThanTheTimeout() {
    assertThat(parsed("--timeout", "3h").limits.timeouts().session())
        .isEqualTo(Duration.ofHours(3));
    assertThat(parsed("--timeout", "1h").limits.timeouts().session())
        .isEqualTo(Timeouts.DEFAULT.session());
  }

  @Test
  void aHostnameIsWrittenInAscii() {
    assertThat(parsed("--hostname", "bücher.example").listen.host())
        .hasToString("xn--bcher-kva.example");
    assertThat(parsed("--hostname", "[192.0.2.1]").listen.host()).hasToString("[192.0.2.1]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"60s", "1m", "60000ms", "PT1M", "PT60S", "pt1m"})
  void durationsAreWrittenInSeveralWays(String text) {
    assertThat(Converters.duration(text)).isEqualTo(Duration.ofMinutes(1));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "500k, 512000", "25M, 26214400", "1G, 1073741824"})
  void sizesHaveUnits(String text, long octets) {
    assertThat(Converters.octets(text)).isEqualTo(octets);
  }

  private static ServerFlags parsed(String... flags) {
    Serve serve = new Serve(new Console(System.out, System.err), Path.of("home"));
    Converters.register(new CommandLine(serve)).parseArgs(flags);
    return serve.server;
  }
}
