package io.simplesmtp.internal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplesmtp.internal.wire.ProxyHeader;
import io.simplesmtp.server.Proxied;
import io.simplesmtp.server.ProxiedTls;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyFactsTest {

  private static final String VERSION = "210007" + hex("TLSv1.3");

  @Test
  void readsEachType() {
    Proxied proxied =
        facts("02 " + hex("b\u00fccher.example"), "01 " + hex("smtp"), "05 " + hex("id-1"));
    assertThat(proxied.authority()).contains("b\u00fccher.example");
    assertThat(proxied.alpn()).contains("smtp");
    assertThat(proxied.uniqueId()).contains("id-1");
    assertThat(proxied.tls()).isEmpty();
    assertThat(proxied.more()).isEmpty();
    assertThat(facts("05 00ff").uniqueId()).contains("00ff");
    assertThat(facts("05 7f").uniqueId()).contains("7f");
  }

  @Test
  void keepsOtherTypesAsTheyAre() {
    Proxied proxied = facts("e0 00ff", "30 61", "e0");
    assertThat(proxied.more())
        .extracting(Object::toString)
        .containsExactly("224=00ff", "48=61", "224=");
    Proxied.Vector vector = proxied.more().get(0);
    vector.value()[0] = 1;
    assertThat(vector).isEqualTo(new Proxied.Vector(224, new byte[] {0, -1}));
    assertThat(vector).hasSameHashCodeAs(new Proxied.Vector(224, new byte[] {0, -1}));
    assertThat(vector).isNotEqualTo(new Proxied.Vector(225, new byte[] {0, -1}));
  }

  @ParameterizedTest
  @CsvSource({
    "01, 00000001, false",
    "01, 00000000, false",
    "03, 00000000, true",
    "05, 00000000, true",
    "07, 00000000, true",
    "07, 00000012, false",
    "03, ffffffff, false",
  })
  void aCertificateIsVerifiedIfThereIsOneAndItIsGood(String flags, String verdict, boolean isGood) {
    ProxiedTls tls =
        facts("20 " + flags + verdict + VERSION + "230003414243" + "22000161 250000").tls().get();
    assertThat(tls)
        .isEqualTo(
            new ProxiedTls(Optional.of("TLSv1.3"), Optional.of("ABC"), Optional.of("a"), isGood));
  }

  @Test
  void aClientInClearHasNoTls() {
    assertThat(facts("20 00ffffffff").tls()).isEmpty();
    assertThat(facts("20 0600000000").tls()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "01",
        "01 0a",
        "01 ff",
        "02 c285",
        "02 e280a8",
        "02 61e2808b",
        "02 c3",
        "20",
        "20 01000000",
        "20 0100000000 21",
        "20 0100000000 210002 61",
        "20 0100000000 210001 0a",
        "20 0100000000 220000",
        "20 0100000000 21000161 21000162",
        "20 0000000000 21000107",
      })
  void refusesWhatIsBroken(String vector) {
    assertThatThrownBy(() -> facts(vector)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"01 61", "02 61", "05 61", "20 0000000000"})
  void refusesATypeThatComesTwice(String vector) {
    assertThatThrownBy(() -> facts(vector, vector)).isInstanceOf(IllegalArgumentException.class);
  }

  private static Proxied facts(String... vectors) {
    List<ProxyHeader.Vector> parsed = new ArrayList<>();
    for (String vector : vectors) {
      byte[] octets = HexFormat.of().parseHex(vector.replace(" ", ""));
      byte[] value = Arrays.copyOfRange(octets, 1, octets.length);
      parsed.add(new ProxyHeader.Vector(octets[0] & 0xff, value));
    }
    InetSocketAddress proxy = InetSocketAddress.createUnresolved("proxy", 1);
    InetSocketAddress server = InetSocketAddress.createUnresolved("server", 2);
    Proxied proxied =
        ProxyFacts.of(
            new ProxyHeader(Optional.empty(), parsed), new ProxyHeader.Ends(proxy, server));
    assertThat(proxied.proxy()).isEqualTo(proxy);
    assertThat(proxied.server()).isEqualTo(server);
    assertThat(proxied.isClientTold()).isFalse();
    return proxied;
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }
}
