package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8,     10.255.0.1,     true",
    "10.0.0.0/8,     11.0.0.0,       false",
    "10.0.0.0/8,     9.255.255.255,  false",
    "192.0.2.128/25, 192.0.2.129,    true",
    "192.0.2.128/25, 192.0.2.127,    false",
    "192.0.2.1,      192.0.2.1,      true",
    "192.0.2.1,      192.0.2.2,      false",
    "192.0.2.1/32,   192.0.2.1,      true",
    "0.0.0.0/0,      203.0.113.9,    true",
    "0.0.0.0/0,      2001:db8::1,    false",
    "2001:db8::/32,  2001:db8:1::1,  true",
    "2001:db8::/32,  2001:db9::1,    false",
    "::/0,           2001:db8::1,    true",
    "::/0,           192.0.2.1,      false",
    "::1,            ::1,            true",
    "::1,            ::2,            false"
  })
  void containsTheAddressesBehindItsPrefix(String network, String address, boolean isInside)
      throws Exception {
    assertThat(Network.parse(network).contains(InetAddress.getByName(address))).isEqualTo(isInside);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/8",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/+8",
        "10.0.0.0/8/8",
        "10.0.0.0/0008",
        "10.0.0.1/8",
        "10.0.0/8",
        "10.0.0.256",
        "example.org",
        "localhost/8",
        "2001:db8::/129",
        "2001:db8::1/32",
        "2001:db8:::/32",
        "fe80::1%1",
        "[::1]",
        "10.0.0.0/\u0668"
      })
  void isOnlyWhatIsWrittenAsOne(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Network.parse(text));
  }

  @Test
  void isEqualToTheSameBlock() {
    assertThat(Network.parse("192.0.2.1"))
        .isEqualTo(Network.parse("192.0.2.1/32"))
        .hasSameHashCodeAs(Network.parse("192.0.2.1/32"))
        .hasToString("192.0.2.1/32")
        .isNotEqualTo(Network.parse("192.0.2.2"));
    assertThat(Network.parse("10.0.0.0/8")).isNotEqualTo(Network.parse("10.0.0.0/9"));
  }
}
