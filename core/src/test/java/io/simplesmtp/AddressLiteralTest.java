package io.simplesmtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressLiteralTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[192.0.2.1]",
        "[255.255.255.255]",
        "[IPv6:2001:db8::1]",
        "[ipv6:::1]",
        "[IPv6:::]",
        "[IPv6:1:2:3:4:5:6:7:8]",
        "[IPv6:1:2:3:4:5:6:192.0.2.1]",
        "[IPv6:::ffff:192.0.2.1]",
        "[x-tag:anything@all]",
        "[0:!]"
      })
  void printsToWhatItWasReadFrom(String literal) {
    assertThat(AddressLiteral.parse(literal)).hasToString(literal);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "[",
        "192.0.2.1",
        "[192.0.2]",
        "[192.0.2.256]",
        "[192.0.2.1.1]",
        "[0192.0.2.1]",
        "[IPv6:]",
        "[IPv6:2001:db8]",
        "[IPv6:1:2:3:4:5:6:7:8:9]",
        "[IPv6:1::2::3]",
        "[IPv6:12345::1]",
        "[IPv6:::192.0.2.256]",
        "[IPv6:fe80::1%eth0]",
        "[IPv6:192.0.2.1]",
        "[IPv6:.:1]",
        "[IPv6:host.example:1]",
        "[IPv6:[::1]]",
        "[IPv6:\uff11::1]",
        "[\u0131Pv6:::1]",
        "[tag:]",
        "[tag-:x]",
        "[:x]",
        "[tag:a b]",
        "[tag:a[b]",
        "[tag:a\\b]",
        "[tag:\u00fc]"
      })
  void isNoLiteral(String text) {
    assertThatThrownBy(() -> AddressLiteral.parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isEqualToAnotherFormOfTheSameAddress() {
    AddressLiteral one = AddressLiteral.parse("[IPv6:2001:DB8::1]");
    assertThat(one).isEqualTo(AddressLiteral.parse("[ipv6:2001:db8:0:0:0:0:0:1]"));
    assertThat(one).hasSameHashCodeAs(AddressLiteral.parse("[ipv6:2001:db8:0:0:0:0:0:1]"));
    assertThat(one).isNotEqualTo(AddressLiteral.parse("[IPv6:2001:db8::2]"));
    assertThat(AddressLiteral.parse("[tag:A]")).isEqualTo(AddressLiteral.parse("[TAG:a]"));
  }
}
