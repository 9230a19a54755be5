package io.simplesmtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hosts that are the same have one form, and those that are not have others. */
class HostTest {

  @ParameterizedTest
  @CsvSource({
    "Example.ORG, example.org",
    "Bücher.example, xn--bcher-kva.example",
    "BÜCHER.Example, xn--bcher-kva.example",
    "[192.0.2.1], [192.0.2.1]",
    "[IPv6:::ffff:192.0.2.1], [192.0.2.1]",
    "[IPv6:2001:DB8::1], [2001:db8:0:0:0:0:0:1]",
    "[X400:C=DE], [x400:c=de]"
  })
  void equalHostsHaveOneForm(String written, String canonical) {
    Host host = Host.parse(written);
    assertThat(host.canonical()).isEqualTo(canonical);
    assertThat(host).isEqualByComparingTo(Host.parse(written.toLowerCase(Locale.ROOT)));
  }

  @ParameterizedTest
  @CsvSource({
    "Example.ORG, Example.ORG",
    "BU\u0308CHER.Example, b\u00fccher.Example",
    "XN--Bcher-KVA.example, b\u00fccher.example",
    "xn--strae-oqa.xn--bcher-kva, stra\u00dfe.b\u00fccher",
    "xn--x, xn--x",
    "xn--a_b, xn--a_b",
    "xn--99999999, xn--99999999",
    "xn--qei, xn--qei"
  })
  void aLabelThatIsNoALabelIsLeftAsItIs(String written, String unicode) {
    assertThat(new Domain(written).toUnicode()).isEqualTo(unicode);
  }

  @Test
  void orderIsThatOfTheForms() {
    assertThat(new TreeSet<>(List.of(host("b.org"), host("[192.0.2.1]"), host("A.org"))))
        .containsExactly(host("[192.0.2.1]"), host("a.org"), host("b.org"));
    assertThat(new TreeSet<>(List.of(mailbox("b@a.org"), mailbox("a@b.org"), mailbox("B@a.org"))))
        .containsExactly(mailbox("B@a.org"), mailbox("b@a.org"), mailbox("a@b.org"));
  }

  /** With a search through all that share the hash code this would take a quarter of an hour. */
  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void mailboxesOfOneHashCodeAreFoundQuicklyAmongMany() {
    Set<Mailbox> found = new HashSet<>();
    Set<Integer> hashes = new HashSet<>();
    for (int i = 0; i < 4096; i++) {
      String name = "";
      for (int bit = 0; bit < 12; bit++) {
        name += (i >> bit & 1) == 0 ? "an" : "c0";
      }
      Mailbox mailbox = mailbox("a@" + "ü".repeat(40) + "." + name + ".org");
      hashes.add(mailbox.hashCode());
      assertThat(found.add(mailbox)).isTrue();
    }
    assertThat(hashes).as("one hash code for all").hasSize(1);
    assertThat(found).hasSize(4096);
  }

  /** Marks are put in order by their classes, each compared with those before it. */
  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void aLabelIsBoundedBeforeItIsNormalized() {
    String label = "a" + "\u0301".repeat(200_000) + "\u0323".repeat(200_000);
    assertThatIllegalArgumentException().isThrownBy(() -> new Domain(label + ".example"));
    assertThat(new Domain("u\u0308".repeat(40) + ".example").toAscii()).startsWith("xn--");
  }

  private static Host host(String text) {
    return Host.parse(text);
  }

  private static Mailbox mailbox(String text) {
    return Mailbox.parse(text);
  }
}
