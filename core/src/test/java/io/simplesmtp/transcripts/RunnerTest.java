package io.simplesmtp.transcripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.simplesmtp.server.LookUps;
import io.simplesmtp.server.TlsConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A transcript that is not what happens fails, in every way that it is run. */
final class RunnerTest {

  private static final String GREETING = "S: 220 mx.test ESMTP";
  private static final String HELO = "C: HELO a";
  private static final String GREETED = "S: 250 mx.test";
  private static final String MAIL = "C: MAIL FROM:<>";
  private static final String MAIL_OK = "S: 250 2.1.0 Sender OK";
  private static final String QUIT = "C: QUIT";
  private static final String BYE = "S: 221 2.0.0 mx.test closing connection";

  private final Runner runner = new Runner(() -> TlsConfig.selfSigned(Settings.HOSTNAME));

  @ParameterizedTest
  @EnumSource
  void whatHappensSucceeds(Way way) {
    assertThat(failure(way, GREETING, QUIT, BYE, "S-close")).isNull();
    assertThat(failure(way, GREETING, HELO, "S* 250", "C-close")).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void anotherReplyFails(Way way) {
    assertThat(failure(way, GREETING, HELO, "S: 250 mx.other")).isInstanceOf(AssertionError.class);
    assertThat(failure(way, GREETING, HELO, "S* 251")).isInstanceOf(AssertionError.class);
  }

  @ParameterizedTest
  @EnumSource
  void aReplyThatIsNotExpectedFails(Way way) {
    assertThat(failure(way, GREETING, HELO)).isInstanceOf(AssertionError.class);
    assertThat(failure(way, GREETING, HELO, GREETED, "C: NOOP", "C-close"))
        .isInstanceOf(AssertionError.class);
  }

  @ParameterizedTest
  @EnumSource
  void anEndThatTheServerDoesNotMakeFails(Way way) {
    assertThat(failure(way, GREETING, QUIT, BYE)).isInstanceOf(AssertionError.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"WHOLE", "OCTETS", "AHEAD"})
  void aServerThatWaitsFails(Way way) {
    assertThat(failure(way, GREETING, HELO, GREETED, GREETED)).isInstanceOf(AssertionError.class);
    assertThat(failure(way, GREETING, HELO, GREETED, "S-close"))
        .hasMessageContaining("The server waits for more");
    assertThat(failure(way, GREETING, "TLS")).hasMessageContaining("The server does not start TLS");
  }

  @ParameterizedTest
  @EnumSource
  void callsThatDoNotHappenFail(Way way) {
    assertThat(failure(way, GREETING, HELO, GREETED, "handler hello: HELO b"))
        .isInstanceOf(AssertionError.class);
    assertThat(failure(way, GREETING, HELO, GREETED, "handler never hello"))
        .isInstanceOf(AssertionError.class);
    assertThat(
            failure(
                way,
                GREETING,
                HELO,
                GREETED,
                MAIL,
                MAIL_OK,
                "C: RCPT TO:<a@b>",
                "S: 250 2.1.5 Recipient OK",
                "C: DATA",
                "S: 354 End data with <CR><LF>.<CR><LF>",
                "C: .",
                "S: 250 2.0.0 OK"))
        .hasMessageContaining("calls of data");
  }

  @ParameterizedTest
  @EnumSource
  void aTextThatIsNotHiddenFails(Way way) {
    assertThat(failure(way, GREETING, "C: HELO secret", GREETED, "event hides secret"))
        .isInstanceOf(AssertionError.class);
    assertThat(failure(way, GREETING, HELO, GREETED, "event command EHLO a"))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void severalWritesAreNotOne() {
    assertThat(
            failure(
                Way.WHOLE,
                GREETING,
                HELO,
                GREETED,
                "C: NOOP",
                "C: NOOP",
                "Sx2: 250 2.0.0 OK",
                "S-one-write"))
        .hasMessageContaining("one write");
    assertThat(
            failure(
                Way.WHOLE,
                GREETING,
                HELO,
                GREETED,
                MAIL,
                "C: RSET",
                MAIL_OK,
                "S: 250 2.0.0 Reset",
                "S-one-write"))
        .isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "server: colour blue",
        "on lunch: 250 OK",
        "on mail: yes",
        "X: hello",
        "C~ hello",
        "C~ \"hello",
        "C~ \"\\q\"",
        "only: tuesdays",
        "S: 220 mx.test ESMTP\nS-close\nC: NOOP",
      })
  void linesWithoutSenseAreNamed(String lines) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Transcript.parse(Stream.concat(Stream.of("# A rule"), lines.lines()).toList()))
        .withMessageStartingWith("Line ");
  }

  @Test
  void lookUpsAreNoted() throws UnknownHostException {
    LookUps.forget();
    InetAddress address = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});

    assertThat(address.getCanonicalHostName()).isNotEmpty();

    assertThat(LookUps.made()).contains("127.0.0.1");
    LookUps.forget();
  }

  @Test
  void octetsAreReadAsTheyAreWritten() {
    Octets octets = Octets.read("C~ \"a\\r\\n\\0\\t\\x7F\\\\\\\"\" \"b\"*3 \"\u00e9\"", 3);

    assertThat(octets.text()).isEqualTo("a\r\n\0\t\u007f\\\"bbb\u00c3\u00a9");
    assertThat(octets.quoted()).isEqualTo("\"a\\r\\n\\0\\t\\x7F\\\\\\\"bbb\\xC3\\xA9\"");
  }

  private Throwable failure(Way way, String... lines) {
    Transcript transcript =
        Transcript.parse(Stream.concat(Stream.of("# A rule"), Stream.of(lines)).toList());
    return catchThrowable(() -> runner.run(transcript, way));
  }
}
