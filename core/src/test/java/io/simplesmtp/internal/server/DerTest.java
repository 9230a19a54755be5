package io.simplesmtp.internal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DerTest {

  @ParameterizedTest
  @CsvSource({
    "1.2.840.10045.2.1, 06072a8648ce3d0201",
    "1.2.840.113549.1.1.1, 06092a864886f70d010101",
    "2.5.29.17, 0603551d11",
    "1.3.6.1.5.5.7.3.1, 06082b06010505070301",
    "1.2.2147483647, 06062a87ffffff7f",
  })
  void anObjectIdentifierIsEncoded(String dotted, String hex) {
    assertThat(HexFormat.of().formatHex(Der.oid(dotted))).isEqualTo(hex);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 127, 128, 255, 256, 65_535, 65_536, 1_000_000})
  void aChildOfAnyLengthIsFound(int length) {
    byte[] content = new byte[length];
    Arrays.fill(content, (byte) 0x5a);
    byte[] first = Der.element(Der.INTEGER, new byte[] {1});
    byte[] sequence = Der.sequence(first, Der.element(Der.OCTET_STRING, content));

    assertThat(Der.child(sequence, Der.OCTET_STRING)).hasValue(content);
    assertThat(Der.child(sequence, Der.CONTEXT)).isEmpty();
  }

  @Test
  void aLengthTakesAsFewOctetsAsItCan() {
    HexFormat hex = HexFormat.of();
    assertThat(hex.formatHex(Der.sequence(new byte[127]))).startsWith("307f00");
    assertThat(hex.formatHex(Der.sequence(new byte[128]))).startsWith("30818000");
    assertThat(hex.formatHex(Der.sequence(new byte[256]))).startsWith("3082010000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "30", "3001", "0400", "3080", "3084000000", "300102", "30020205", "30818000"})
  void whatIsCutOrUnreadableIsRefused(String hex) {
    byte[] octets = HexFormat.of().parseHex(hex);

    assertThatIllegalArgumentException().isThrownBy(() -> Der.child(octets, Der.OCTET_STRING));
  }

  @Test
  void randomOctetsAreReadOrRefused() {
    Random random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      byte[] octets = new byte[random.nextInt(40)];
      random.nextBytes(octets);
      if (octets.length > 0) {
        octets[0] = Der.SEQUENCE;
      }
      try {
        Der.child(octets, Der.CONTEXT);
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageStartingWith("A DER element").hasNoSuppressedExceptions();
      }
    }
  }
}
