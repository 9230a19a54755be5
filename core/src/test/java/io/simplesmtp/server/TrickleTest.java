package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A client that sends an octet now and then, each well before a wait for one would end, has in
 * every phase a time in which it must be done.
 */
class TrickleTest {

  private static final Duration SHORT = Duration.ofMillis(400);
  private static final Timeouts COMMAND = Timeouts.DEFAULT.withCommand(SHORT);
  private static final Timeouts HANDSHAKE = Timeouts.DEFAULT.withHandshake(SHORT);
  private static final Timeouts IDLE = Timeouts.DEFAULT.withIdle(SHORT.multipliedBy(2));
  private static final Timeouts DATA =
      Timeouts.DEFAULT.withDataBlock(SHORT).withMinimumRate(1_000_000);
  private static final int PAUSE_MILLIS = 20;
  private static final int MOST_OCTETS = 2_000;

  /** The header of a handshake record that would be of 16 KiB. */
  private static final String RECORD = "\u0016\u0003\u0001@\u0000\u0001\u0000?\u00fc";

  static Stream<Phase> phases() {
    return Stream.of(
        in("command", COMMAND, "MAIL FROM:<", client -> client),
        in("DATA", DATA, "Subject: ", Client::begun),
        in("BDAT", DATA, "x", client -> rcpt(client).sends("BDAT 100000 LAST\r\n")),
        in(
            "second chunk",
            DATA,
            "x",
            client -> rcpt(client).sends("BDAT 1\r\nxBDAT 9999 LAST\r\n")),
        in("refused chunk", DATA, "x", client -> client.sends("BDAT 100000\r\n")),
        in("AUTH", COMMAND, "Y", client -> client.says("AUTH LOGIN").hears("334 ")),
        in("password", COMMAND, "Y", TrickleTest::password),
        in("STARTTLS", HANDSHAKE, RECORD, client -> client.says("STARTTLS").hears("220 ")),
        in("record of TLS 1.2", IDLE, "\u0017\u0003\u0003@\u0000", secured("TLSv1.2")),
        in("record of TLS 1.3", IDLE, "\u0017\u0003\u0003@\u0000", secured("TLSv1.3")));
  }

  @ParameterizedTest
  @MethodSource("phases")
  void endsInTime(Phase phase) throws Exception {
    try (TestServer server = new TestServer(settings(phase.timeouts()));
        Client client = Client.greeted(server.port())) {
      trickle(phase.conduct().apply(client), phase.begin());
      assertThat(server.awaitEnded(1).values())
          .isSubsetOf(CloseCause.TIMEOUT, CloseCause.TLS_FAILURE);
      assertThat(server.messages()).doesNotContain("accepted");
    }
  }

  @ParameterizedTest
  @MethodSource("beginnings")
  void endsInTimeBeforeASession(Listener listener, String begin) throws Exception {
    try (TestServer server = new TestServer(settings(HANDSHAKE).listen(listener));
        Client client = Client.connect(server.server().port(1))) {
      trickle(client, begin);
    }
  }

  static Stream<Arguments> beginnings() {
    Trust proxies = Trust.NOBODY.withProxies(Network.parse("127.0.0.0/8"), Network.parse("::1"));
    return Stream.of(
        Arguments.of(TestServer.loopback().withTls(Tls.IMPLICIT), RECORD),
        Arguments.of(TestServer.loopback().withTrust(proxies), "PROXY TCP6 "),
        Arguments.of(
            TestServer.loopback().withTrust(proxies), "\r\n\r\n\0\r\nQUIT\n!\u0011\u000f\u00ff"));
  }

  /** Sends octet by octet until the server closes, which it must. */
  private static void trickle(Client client, String begin) throws IOException {
    InputStream raw = client.rawInput(PAUSE_MILLIS);
    for (int i = 0; i < MOST_OCTETS; i++) {
      try {
        client.sendsRaw(i < begin.length() ? begin.substring(i, i + 1) : "x");
        if (raw.read() < 0) {
          return;
        }
      } catch (SocketTimeoutException e) {
        // Nothing is said yet.
      } catch (SocketException e) {
        return;
      }
    }
    assertThat(false).as("the server closes").isTrue();
  }

  private static SmtpServer.Builder settings(Timeouts timeouts) {
    return SmtpServer.builder()
        .listen(TestServer.loopback().withAuthWithoutTls(true))
        .tls(TlsConfig.selfSigned("mx.test"))
        .passwords((session, user, password) -> Optional.empty())
        .timeouts(timeouts)
        .handler(TestServer.discard());
  }

  private static Client rcpt(Client client) throws IOException {
    return client.says("MAIL FROM:<a@b.org>").hears("250 ").says("RCPT TO:<c@d.org>").hears("250 ");
  }

  private static Client password(Client client) throws IOException {
    return client.says("AUTH LOGIN").hears("334 ").says("YQ==").hears("334 ");
  }

  private static Conduct secured(String protocol) {
    return client -> {
      client.says("STARTTLS").hears("220 ").secures(protocol);
      return client.says("EHLO client.test").hears("250 ");
    };
  }

  private static Phase in(String name, Timeouts timeouts, String begin, Conduct conduct) {
    return new Phase(name, timeouts, begin, conduct);
  }

  @FunctionalInterface
  interface Conduct {
    Client apply(Client client) throws Exception;
  }

  /** How far a client goes before it trickles, and what it begins with then. */
  record Phase(String name, Timeouts timeouts, String begin, Conduct conduct) {
    @Override
    public String toString() {
      return name;
    }
  }
}
