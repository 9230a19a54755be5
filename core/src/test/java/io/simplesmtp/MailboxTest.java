package io.simplesmtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailboxTest {

  @Test
  void theLocalPartIsHeldWithoutItsQuotes() {
    Mailbox mailbox = Mailbox.parse("\"john \\\"q\\\" public\"@example.org");
    assertThat(mailbox.localPart()).isEqualTo("john \"q\" public");
    assertThat(mailbox).hasToString("\"john \\\"q\\\" public\"@example.org");
    assertThat(Mailbox.parse("\"ann\"@x.org")).isEqualTo(Mailbox.parse("ann@x.org"));
    assertThat(Mailbox.parse("\"\"@x.org")).hasToString("\"\"@x.org");
  }

  @Test
  void domainsAreComparedWithoutCaseAndLocalPartsWithIt() {
    assertThat(Mailbox.parse("ann@X.Org")).isEqualTo(Mailbox.parse("ann@x.org"));
    assertThat(Mailbox.parse("ann@X.Org")).hasSameHashCodeAs(Mailbox.parse("ann@x.org"));
    assertThat(Mailbox.parse("Ann@x.org")).isNotEqualTo(Mailbox.parse("ann@x.org"));
    assertThat(new Domain("b\u00fccher.example")).isEqualTo(new Domain("xn--bcher-kva.EXAMPLE"));
  }

  @Test
  void whatPrintsParsesToItself() {
    String atoms = "ab.\"\\ @<>,:;()[]\u00fc\u6f22'!#$%&*+-/=?^_`{|}~09";
    Random random = new Random(5321);
    for (int round = 0; round < 50_000; round++) {
      StringBuilder localPart = new StringBuilder();
      for (int n = random.nextInt(12); n > 0; n--) {
        localPart.append(atoms.charAt(random.nextInt(atoms.length())));
      }
      Mailbox mailbox = new Mailbox(localPart.toString(), new Domain("x.org"));
      assertThat(Mailbox.parse(mailbox.toString())).isEqualTo(mailbox);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nb", "a\nb", "a\0b", "a\u007fb", "a\u0085b", "a\u2028b", "\ud800"})
  void nothingThatBreaksALineGetsIn(String localPart) {
    assertThatThrownBy(() -> new Mailbox(localPart, new Domain("x.org")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Mailbox.parse("\"" + localPart + "\"@x.org"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "a..b",
        "-a.org",
        "a-.org",
        "a b",
        "a\r\n",
        "\u3002",
        "x\u3002y.org",
        "\u2028.org",
        "x\uff1e\u3000y.org",
        "a\uff20b.org",
        "x\u00a0y\u00fc.org",
        "\u00fcx\uff0d.org",
        "\uff41\uff42.org",
        "\u4f8b\u3002com",
        "\u4f8b\uff0ecom",
        "\u2122.org",
        "\u0301a.org",
        "\u2764.org",
        "ex\u200cample.org",
        "\u200c.org",
        "example\ufe0f.org",
        "a\u034fb.org",
        "xn--\u00fc.org",
        "ab--\u00fc.org",
        "\u1fb3.org",
        "\u1100\u1161.x\u115f.org",
        "\u0640\u0628.org"
      })
  void notADomain(String name) {
    assertThatThrownBy(() -> new Domain(name)).isInstanceOf(IllegalArgumentException.class);
  }

  /**
   * The examples of RFC 3492 section 7.1, and letters that RFC 5892 treats unlike its forerunner.
   */
  @ParameterizedTest
  @CsvSource({
    "\u4ed6\u4eec\u4e3a\u4ec0\u4e48\u4e0d\u8bf4\u4e2d\u6587, xn--ihqwcrb4cv8a8dqg056pqjye",
    "pro\u010dprost\u011bnemluv\u00ed\u010desky, xn--proprostnemluvesky-uyb24dma41a",
    "\u043f\u043e\u0447\u0435\u043c\u0443\u0436\u0435\u043e\u043d\u0438\u043d\u0435\u0433\u043e\u0432\u043e\u0440\u044f\u0442\u043f\u043e\u0440\u0443\u0441\u0441\u043a\u0438, xn--b1abfaaepdrnnbgefbadotcwatmq2g4l",
    "B\u00dcCHER, xn--bcher-kva",
    "bu\u0308cher, xn--bcher-kva",
    "fa\u00df, xn--fa-hia",
    "\u03b2\u03cc\u03bb\u03bf\u03c2, xn--nxasmm1c",
    "\u03b2\u03cc\u03bb\u03bf\u03c3, xn--nxasmq6b",
    "\u4f8b, xn--fsq",
    "\u3007\u4e00, xn--w6j351g",
    "\u13e3\u13b3\u13a9, xn--f9dt7l",
    "\u0646\u0627\u0645\u0647\u200c\u0627\u06cc, xn--mgba3gch31f060k",
    "\u0dc1\u0dca\u200d\u0dbb\u0dd3, xn--10cl1a0b660p",
    "\ud55c\uad6d, xn--3e0b707e",
    "\u4eca\u65e5\u306f\u30fc\u3005, xn--u6jyl5oo89g9ey",
    "\u0131\u015f\u0131k, xn--k-ekaa7p"
  })
  void aULabelHasItsALabel(String written, String ascii) {
    Domain domain = new Domain(written + ".org");
    assertThat(domain.toAscii()).isEqualTo(ascii + ".org");
    String unicode = domain.toUnicode();
    assertThat(unicode).isNotEqualTo(ascii + ".org");
    assertThat(new Domain(ascii.toUpperCase(Locale.ROOT) + ".org").toUnicode()).isEqualTo(unicode);
    assertThat(new Domain(unicode).toAscii()).isEqualTo(ascii + ".org");
    assertThat(new Domain(written + ".org")).isEqualTo(new Domain(ascii + ".ORG"));
  }

  @Test
  void localPartsAreBoundedInOctets() {
    assertThat(new Mailbox("\u00fc".repeat(128), new Domain("x.org")).localPart()).hasSize(128);
    assertThatThrownBy(() -> new Mailbox("\u00fc".repeat(129), new Domain("x.org")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void domainsAndLabelsHaveTheirLengths() {
    String label = "a".repeat(63);
    assertThat(new Domain(label + ".org").name()).hasSize(67);
    assertThatThrownBy(() -> new Domain(label + "a.org"))
        .isInstanceOf(IllegalArgumentException.class);
    String longest = (label + ".").repeat(3) + "a".repeat(63);
    assertThat(new Domain(longest).name()).hasSize(255);
    assertThatThrownBy(() -> new Domain(longest + ".a"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void literalsKnowTheirAddress() throws Exception {
    assertThat(AddressLiteral.parse("[192.0.2.1]").address().orElseThrow().getHostAddress())
        .isEqualTo("192.0.2.1");
    assertThat(AddressLiteral.parse("[IPv6:2001:db8::1]").address()).isPresent();
    assertThat(AddressLiteral.parse("[tag:content]").address()).isEmpty();
    assertThat(AddressLiteral.of(Inet6Address.getByAddress(new byte[16])))
        .hasToString("[IPv6:0:0:0:0:0:0:0:0]");
  }
}
