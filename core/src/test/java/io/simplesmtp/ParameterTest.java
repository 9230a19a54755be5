package io.simplesmtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every branch of the grammar of each parameter. */
class ParameterTest {

  private static final List<Parameter<?>> ALL =
      List.of(
          Parameter.SIZE,
          Parameter.BODY,
          Parameter.SMTPUTF8,
          Parameter.AUTH,
          Parameter.RET,
          Parameter.ENVID,
          Parameter.NOTIFY,
          Parameter.ORCPT,
          Parameter.PRDR,
          Parameter.REQUIRETLS,
          Parameter.MT_PRIORITY,
          Parameter.HOLDFOR,
          Parameter.HOLDUNTIL,
          Parameter.BY);

  /** What is read, and how the value prints itself. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          SIZE=0                             | SIZE=0
          SIZE=00010                         | SIZE=10
          SIZE=9223372036854775807           | SIZE=9223372036854775807
          SIZE=99999999999999999999          | SIZE=9223372036854775807
          BODY=7bit                          | BODY=7BIT
          BODY=8BitMime                      | BODY=8BITMIME
          SMTPUTF8                           | SMTPUTF8
          PRDR                               | PRDR
          REQUIRETLS                         | REQUIRETLS
          AUTH=<>                            | AUTH=<>
          AUTH=+3C+3E                        | AUTH=<>
          AUTH=e+3Dmc2@example.com           | AUTH=e+3Dmc2@example.com
          AUTH=+61nn@x.org                   | AUTH=ann@x.org
          AUTH="a+20b"@x.org                 | AUTH="a+20b"@x.org
          AUTH=+C3+BC@x.org                  | AUTH=+C3+BC@x.org
          RET=FULL                           | RET=FULL
          RET=hdrs                           | RET=HDRS
          ENVID=QQ314159                     | ENVID=QQ314159
          ENVID=a+20b+2Bc+3D                 | ENVID=a+20b+2Bc+3D
          ENVID=+41                          | ENVID=A
          NOTIFY=NEVER                       | NOTIFY=NEVER
          NOTIFY=never                       | NOTIFY=NEVER
          NOTIFY=success                     | NOTIFY=SUCCESS
          NOTIFY=DELAY,FAILURE               | NOTIFY=FAILURE,DELAY
          NOTIFY=DELAY,SUCCESS,FAILURE       | NOTIFY=SUCCESS,FAILURE,DELAY
          NOTIFY=DELAY,DELAY                 | NOTIFY=DELAY
          ORCPT=rfc822;bob@x.org             | ORCPT=rfc822;bob@x.org
          ORCPT=RFC822;Bob+2Bnews@x.org      | ORCPT=rfc822;Bob+2Bnews@x.org
          ORCPT=rfc822;"a+20b"@x.org         | ORCPT=rfc822;"a+20b"@x.org
          ORCPT=x400;/S=bob                  | bad
          ORCPT=x400;/S+3Dbob                | ORCPT=x400;/S+3Dbob
          ORCPT=rfc822;a;b                   | ORCPT=rfc822;a;b
          ORCPT=utf-8;\\x{FC}@x.org          | ORCPT=utf-8;\u00fc@x.org
          ORCPT=UTF-8;\u00fc@x.org           | ORCPT=utf-8;\u00fc@x.org
          ORCPT=utf-8;a\\x{2B}b\\x{3d}\\x{5C}\\x{20} | ORCPT=utf-8;a\\x{2B}b\\x{3D}\\x{5C}\\x{20}
          ORCPT=utf-8;\\x{1F600}\\x{10FFFD}  | ORCPT=utf-8;\ud83d\ude00\udbff\udffd
          ORCPT=utf-8;\\x{7FF}\\x{D7FF}\\x{E000} | ORCPT=utf-8;\u07ff\ud7ff\ue000
          MT-PRIORITY=0                      | MT-PRIORITY=0
          MT-PRIORITY=9                      | MT-PRIORITY=9
          MT-PRIORITY=-9                     | MT-PRIORITY=-9
          HOLDFOR=1                          | HOLDFOR=1
          HOLDFOR=999999999                  | HOLDFOR=999999999
          HOLDUNTIL=2030-01-31T08:00:00Z     | HOLDUNTIL=2030-01-31T08:00:00Z
          HOLDUNTIL=2030-01-31t08:00:00z     | HOLDUNTIL=2030-01-31T08:00:00Z
          HOLDUNTIL=2030-01-31T08:00:00.5Z   | HOLDUNTIL=2030-01-31T08:00:00.500Z
          HOLDUNTIL=0000-01-01T00:00:00Z     | HOLDUNTIL=0000-01-01T00:00:00Z
          BY=120;R                           | BY=120;R
          BY=+120;rt                         | BY=120;RT
          BY=0;N                             | BY=0;N
          BY=-5;nT                           | BY=-5;NT
          BY=-999999999;N                    | BY=-999999999;N
          """)
  void whatIsReadPrintsItself(String written, String printed) {
    assertThat(told(written)).isEqualTo(printed);
    if (!printed.equals("bad")) {
      assertThat(told(printed)).isEqualTo(printed);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SIZE",
        "SIZE=",
        "SIZE=-1",
        "SIZE=+1",
        "SIZE=1k",
        "SIZE=\u0661",
        "SIZE=100000000000000000000",
        "BODY",
        "BODY=",
        "BODY=7",
        "BODY=\u017fEVEN",
        "SMTPUTF8=",
        "SMTPUTF8=yes",
        "PRDR=yes",
        "REQUIRETLS=yes",
        "AUTH",
        "AUTH=",
        "AUTH=ann",
        "AUTH=ann@",
        "AUTH=a b@x.org",
        "AUTH=a+2b@x.org",
        "AUTH=a+2@x.org",
        "AUTH=a+",
        "AUTH=a=b@x.org",
        "AUTH=a+0D+0A@x.org",
        "AUTH=\"a+0Ab\"@x.org",
        "AUTH=+FC@x.org",
        "AUTH=\u00fc@x.org",
        "AUTH=+3Cann@x.org+3E",
        "RET",
        "RET=",
        "RET=BODY",
        "RET=FULL,HDRS",
        "ENVID",
        "ENVID=",
        "ENVID=a b",
        "ENVID=a+0D+0Ab",
        "ENVID=a+00",
        "ENVID=a+7F",
        "ENVID=+C3+BC",
        "ENVID=\u00fc",
        "ENVID=+a0",
        "ENVID=+4",
        "NOTIFY",
        "NOTIFY=",
        "NOTIFY=,",
        "NOTIFY=SUCCESS,",
        "NOTIFY=,SUCCESS",
        "NOTIFY=SUCCESS,,DELAY",
        "NOTIFY=NEVER,SUCCESS",
        "NOTIFY=SUCCESS,NEVER",
        "NOTIFY=NEVER,NEVER",
        "NOTIFY=ALWAYS",
        "NOTIFY=SUCCE\u017fS",
        "NOTIFY=SUCCESS;DELAY",
        "ORCPT",
        "ORCPT=",
        "ORCPT=;",
        "ORCPT=rfc822",
        "ORCPT=rfc822;",
        "ORCPT=;bob@x.org",
        "ORCPT=rfc 822;bob@x.org",
        "ORCPT=rf@c;bob@x.org",
        "ORCPT=\u00fc;bob@x.org",
        "ORCPT=rfc822;bob@x.org+0D+0ARCPT",
        "ORCPT=rfc822;bob+09@x.org",
        "ORCPT=rfc822;\u00fc@x.org",
        "ORCPT=rfc822;+C3+BC@x.org",
        "ORCPT=rfc822;a+b",
        "ORCPT=rfc822;a=b",
        "ORCPT=utf-8;",
        "ORCPT=utf-8;a+2Bb@x.org",
        "ORCPT=utf-8;a=b@x.org",
        "ORCPT=utf-8;a b@x.org",
        "ORCPT=utf-8;a\\b@x.org",
        "ORCPT=utf-8;\\",
        "ORCPT=utf-8;\\x",
        "ORCPT=utf-8;\\x{",
        "ORCPT=utf-8;\\x{}",
        "ORCPT=utf-8;\\x{FC",
        "ORCPT=utf-8;\\X{FC}",
        "ORCPT=utf-8;\\x{F}",
        "ORCPT=utf-8;\\x{0FC}",
        "ORCPT=utf-8;\\x{41}",
        "ORCPT=utf-8;\\x{0A}",
        "ORCPT=utf-8;\\x{0D}",
        "ORCPT=utf-8;\\x{01}",
        "ORCPT=utf-8;\\x{7F}",
        "ORCPT=utf-8;\\x{85}",
        "ORCPT=utf-8;\\x{2028}",
        "ORCPT=utf-8;\\x{D800}",
        "ORCPT=utf-8;\\x{DFFF}",
        "ORCPT=utf-8;\\x{110000}",
        "ORCPT=utf-8;\\x{1000000}",
        "ORCPT=utf-8;\\x{-FC}",
        "ORCPT=utf-8;\\x{+FC}",
        "ORCPT=utf-8;\\x{xy}",
        "ORCPT=utf-8;a\u2028b",
        "MT-PRIORITY",
        "MT-PRIORITY=",
        "MT-PRIORITY=10",
        "MT-PRIORITY=-10",
        "MT-PRIORITY=+1",
        "MT-PRIORITY=-0",
        "MT-PRIORITY=01",
        "MT-PRIORITY=high",
        "MT-PRIORITY=\u0663",
        "HOLDFOR",
        "HOLDFOR=",
        "HOLDFOR=0",
        "HOLDFOR=-1",
        "HOLDFOR=01",
        "HOLDFOR=1000000000",
        "HOLDFOR=1.5",
        "HOLDFOR=\u0663",
        "HOLDUNTIL",
        "HOLDUNTIL=",
        "HOLDUNTIL=tomorrow",
        "HOLDUNTIL=2030-01-31",
        "HOLDUNTIL=2030-01-31T08:00:00",
        "HOLDUNTIL=2030-01-31T08:00Z",
        "HOLDUNTIL=2030-01-31T08:00:00+01:00",
        "HOLDUNTIL=2030-02-30T08:00:00Z",
        "HOLDUNTIL=2030-01-31T25:00:00Z",
        "HOLDUNTIL=2030-01-31T08:00:00.Z",
        "HOLDUNTIL=2030-01-31T08:00:00.1234567890Z",
        "HOLDUNTIL=-2030-01-31T08:00:00Z",
        "HOLDUNTIL=+12030-01-31T08:00:00Z",
        "BY",
        "BY=",
        "BY=120",
        "BY=120;",
        "BY=;R",
        "BY=120;X",
        "BY=120;T",
        "BY=120;TR",
        "BY=120;RN",
        "BY=120;RTT",
        "BY=0;R",
        "BY=-1;R",
        "BY=-0;R",
        "BY=1000000000;N",
        "BY=1.5;N",
        "BY=--1;N",
        "BY=\u0663;N"
      })
  void whatBreaksTheGrammarIsNoValue(String written) {
    assertThat(told(written)).isEqualTo("bad");
  }

  @Test
  void lengthsAreBounded() {
    assertThat(told("ENVID=" + "e".repeat(100))).isEqualTo("ENVID=" + "e".repeat(100));
    assertThat(told("ENVID=" + "e".repeat(101))).isEqualTo("bad");
    assertThat(told("ENVID=" + "+20".repeat(34))).isEqualTo("bad");
    assertThatThrownBy(() -> new Envid(" ".repeat(34)))
        .isInstanceOf(IllegalArgumentException.class);

    String longest = "ORCPT=rfc822;" + "o".repeat(493);
    assertThat(told(longest)).isEqualTo(longest);
    assertThat(told(longest + "o")).isEqualTo("bad");
    assertThat(told("ORCPT=rfc822;" + "+41".repeat(165))).isEqualTo("bad");
    assertThatThrownBy(() -> new OriginalRecipient("rfc822", " ".repeat(165)))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(told("AUTH=" + "+61".repeat(165) + "@x.o")).startsWith("AUTH=aaa");
    assertThat(told("AUTH=" + "+61".repeat(165) + "@x.org")).isEqualTo("bad");
  }

  @Test
  void valuesSayWhatTheyAre() {
    assertThat(OriginalRecipient.parse("utf-8;\u00fc\\x{20}@x.org"))
        .returns("\u00fc @x.org", OriginalRecipient::address)
        .returns("utf-8;\\x{FC}\\x{20}@x.org", OriginalRecipient::toAscii)
        .returns(false, OriginalRecipient::isAscii)
        .isEqualTo(new OriginalRecipient("UTF-8", "\u00fc @x.org"));
    assertThat(Notify.parse("NEVER")).isEqualTo(Notify.NEVER).matches(Notify::isNever);
    assertThat(Notify.parse("DELAY")).isEqualTo(Notify.of(Notify.Event.DELAY));
    assertThat(Notify.parse("DELAY").has(Notify.Event.FAILURE)).isFalse();
    assertThat(Notify.parse("DELAY").isNever()).isFalse();
    assertThat(DeliverBy.parse("+7;rt"))
        .isEqualTo(new DeliverBy(Duration.ofSeconds(7), DeliverBy.Mode.RETURN, true));
    assertThat(MtPriority.parse("-5").level()).isEqualTo(-5);
    assertThat(MtPriority.parse("0")).isEqualTo(MtPriority.NORMAL);
    assertThat(Envid.parse("a+20b").value()).isEqualTo("a b");
  }

  @Test
  void valuesOfTheApplicationsOwnAreCheckedToo() {
    assertRefused(() -> new MtPriority(10));
    assertRefused(() -> new DeliverBy(Duration.ofMillis(1500), DeliverBy.Mode.NOTIFY, false));
    assertRefused(() -> new DeliverBy(Duration.ofDays(100_000), DeliverBy.Mode.NOTIFY, false));
    assertRefused(() -> new DeliverBy(Duration.ZERO, DeliverBy.Mode.RETURN, false));
    assertRefused(() -> new Hold.For(Duration.ZERO));
    assertRefused(() -> new Hold.For(Duration.ofMillis(1500)));
    assertRefused(() -> new Hold.For(Duration.ofDays(100_000)));
    assertRefused(() -> new Hold.Until(Instant.MAX));
    assertRefused(() -> new Hold.Until(Instant.MIN));
    assertRefused(() -> new Envid("a\nb"));
    assertRefused(() -> new OriginalRecipient("rfc822", "a\r\nb"));
    assertRefused(() -> new OriginalRecipient("utf-8", "\ud800"));
    assertRefused(() -> Parameter.of("-X", Optional::get));
    assertRefused(() -> Parameter.of("X Y", Optional::get));
  }

  @Test
  void parametersOfTheApplicationsOwnPrintTheirValues() {
    Parameter<Integer> level =
        Parameter.of("xlevel", value -> Integer.valueOf(value.orElseThrow()));
    Parameter<Boolean> flag = Parameter.of("XFLAG", value -> value.isEmpty());
    Parameters parameters =
        Parameters.NONE.with(Parameter.SIZE, 10L).with(level, 3).with(flag, true);
    assertThat(parameters).hasToString("SIZE=10 XLEVEL=3 XFLAG");
    assertThat(new MailFrom(Mailbox.parse("a@b.org"), parameters))
        .hasToString("<a@b.org> SIZE=10 XLEVEL=3 XFLAG");
  }

  private static void assertRefused(ThrowingCallable construction) {
    assertThatThrownBy(construction).isInstanceOf(IllegalArgumentException.class);
  }

  /** How the value prints itself, or {@code bad}. */
  private static String told(String written) {
    int equals = written.indexOf('=');
    Optional<String> value =
        equals < 0 ? Optional.empty() : Optional.of(written.substring(equals + 1));
    String keyword = equals < 0 ? written : written.substring(0, equals);
    return told(
        ALL.stream().filter(p -> p.keyword().equals(keyword)).findFirst().orElseThrow(), value);
  }

  private static <T> String told(Parameter<T> parameter, Optional<String> value) {
    try {
      return parameter.print(parameter.parse(value));
    } catch (IllegalArgumentException e) {
      return "bad";
    }
  }
}
