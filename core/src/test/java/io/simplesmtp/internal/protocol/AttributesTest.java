package io.simplesmtp.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttributesTest {

  private static final String LONG = "x".repeat(255);

  @ParameterizedTest
  @CsvSource({
    "NAME=spike.example, NAME, spike.example",
    "name=a_b.example, NAME, a_b.example",
    "ADDR=192.0.2.1, ADDR, 192.0.2.1",
    "ADDR=IPV6:2001:db8::1, ADDR, IPV6:2001:db8::1",
    "addr=ipv6:::1, ADDR, ipv6:::1",
    "PORT=0, PORT, 0",
    "PORT=65535, PORT, 65535",
    "PORT=19, PORT, 19",
    "PROTO=SMTP, PROTO, SMTP",
    "PROTO=esmtp, PROTO, esmtp",
    "HELO=[192.0.2.1], HELO, [192.0.2.1]",
    "HELO=<a>+2B(b), HELO, <a>+(b)",
    "LOGIN=ann+20b+C3+A9, LOGIN, ann b\u00e9",
    "LOGIN=!~+C3+AF, LOGIN, !~\u00ef",
    "HELO=!+7E, HELO, !~",
    "LOGIN=ann@example.org, LOGIN, ann@example.org",
    "DESTADDR=IPV6:::1, DESTADDR, IPV6:::1",
    "DESTPORT=25, DESTPORT, 25",
  })
  void readsWhatXclientTells(String argument, Attribute attribute, String value) {
    assertThat(xclient(argument)).isEqualTo(Map.of(attribute, Optional.of(value)));
  }

  @ParameterizedTest
  @CsvSource({
    "NAME=no-dns!name, NAME, no-dns!name",
    "ADDR=192.0.2.1, ADDR, 192.0.2.1",
    "PORT=25, PORT, 25",
    "PROTO=UUCP, PROTO, UUCP",
    "HELO=my+2Bhost, HELO, my+host",
    "IDENT=3CF6B2AAE8, IDENT, 3CF6B2AAE8",
    "SOURCE=local, SOURCE, local",
    "source=REMOTE, SOURCE, REMOTE",
  })
  void readsWhatXforwardTells(String argument, Attribute attribute, String value) {
    assertThat(xforward(argument)).isEqualTo(Map.of(attribute, Optional.of(value)));
  }

  @Test
  void readsSeveral() {
    assertThat(xclient("NAME=[TempUnavail] ADDR=192.0.2.1  login=[unavailable]"))
        .isEqualTo(
            Map.of(
                Attribute.NAME, Optional.empty(),
                Attribute.ADDR, Optional.of("192.0.2.1"),
                Attribute.LOGIN, Optional.empty()));
    assertThat(xforward("PROTO=" + "x".repeat(64) + " IDENT=" + LONG)).hasSize(2);
    assertThat(xclient("HELO=" + LONG + " LOGIN=" + LONG)).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "=",
        "=x",
        "NAME",
        "NAME=",
        "NAME =x",
        "FOO=x",
        "IDENT=x",
        "SOURCE=LOCAL",
        "NAME=a..b",
        "NAME=-a",
        "NAME=a+20b",
        "NAME=a NAME=a",
        "NAME=a name=b",
        "NAME=a,ADDR=192.0.2.1",
        "ADDR=[192.0.2.1]",
        "ADDR=[TEMPUNAVAIL]",
        "ADDR=192.0.2.256",
        "ADDR=192.0.2",
        "ADDR=2001:db8::1",
        "ADDR=IPV6:192.0.2.1",
        "ADDR=IPV6:1::2::3",
        "ADDR=IPV6:fe80::1+25eth0",
        "ADDR=tag:content",
        "ADDR=localhost",
        "NAME=+C3+A4.example",
        "PORT=65536",
        "PORT=000025",
        "PORT=-1",
        "PORT=2+2B",
        "PORT=x",
        "PROTO=LMTP",
        "HELO=a+0Ab",
        "HELO=a+20b",
        "HELO=+C3+A9",
        "LOGIN=a+0D+0AMAIL",
        "LOGIN=a+00",
        "LOGIN=+C3",
        "LOGIN=+E2+80+AE",
        "LOGIN=+4",
        "LOGIN=+",
        "LOGIN=+4g",
        "LOGIN=+aa",
        "LOGIN=a=b",
        "DESTPORT=",
      })
  void xclientRefusesAllElse(String argument) {
    assertThat(Attributes.parse(false, argument)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LOGIN=x",
        "DESTADDR=192.0.2.1",
        "DESTPORT=25",
        "SOURCE=ELSEWHERE",
        "IDENT=a;b",
        "IDENT=a@b",
        "HELO=(a)",
        "NAME=<a>",
        "NAME=<",
        "NAME=+22",
        "NAME=\\",
        "NAME=[TEMPUNAVAIL ]",
        "IDENT=+0A",
        "IDENT=+C3+A9",
      })
  void xforwardRefusesAllElse(String argument) {
    assertThat(Attributes.parse(true, argument)).isEmpty();
  }

  @Test
  void aValueHasAtMost255Characters() {
    assertThat(Attributes.parse(false, "HELO=" + LONG + "x")).isEmpty();
    assertThat(Attributes.parse(true, "IDENT=" + LONG + "x")).isEmpty();
    assertThat(Attributes.parse(true, "PROTO=" + "x".repeat(65))).isEmpty();
    assertThat(xclient("HELO=" + "+41".repeat(255))).hasSize(1);
  }

  @Test
  void whateverComesIsPrintableOrRefused() {
    Random random = new Random(2525);
    String alphabet = "NAMEADRPOTHLGIN=+[]: 0123456789ABCDEF.\\<>";
    String[] names = (Attribute.names(false) + " IDENT SOURCE").split(" ", -1);
    int read = 0;
    for (int round = 0; round < 100_000; round++) {
      StringBuilder argument = new StringBuilder(names[random.nextInt(names.length)] + "=");
      for (int n = random.nextInt(6); n > 0; n--) {
        argument.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      Optional<Attributes> found = Attributes.parse(random.nextBoolean(), argument.toString());
      if (found.isPresent()) {
        read++;
        found.get().values().values().stream()
            .flatMap(Optional::stream)
            .forEach(v -> assertThat(v).matches("\\P{C}+"));
      }
    }
    assertThat(read).isGreaterThan(1_000);
  }

  @Test
  void whatIsNotToldStays() {
    Attributes told = new Attributes(Map.of(Attribute.NAME, Optional.empty()));
    assertThat(told.get(Attribute.NAME, Optional.of("a"))).isEmpty();
    assertThat(told.get(Attribute.HELO, Optional.of("a"))).contains("a");
  }

  @Test
  void ehloListsTheNames() {
    assertThat(Attribute.names(false))
        .isEqualTo("NAME ADDR PORT PROTO HELO LOGIN DESTADDR DESTPORT");
    assertThat(Attribute.names(true)).isEqualTo("NAME ADDR PORT PROTO HELO IDENT SOURCE");
  }

  private static Map<Attribute, Optional<String>> xclient(String argument) {
    return Attributes.parse(false, argument).orElseThrow().values();
  }

  private static Map<Attribute, Optional<String>> xforward(String argument) {
    return Attributes.parse(true, argument).orElseThrow().values();
  }
}
