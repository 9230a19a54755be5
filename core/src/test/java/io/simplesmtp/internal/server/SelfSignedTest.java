package io.simplesmtp.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SelfSignedTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-03-04T05:06:07Z",
        "2049-06-01T00:00:00Z",
        "2050-01-01T00:30:00Z",
        "2072-02-29T12:00:00Z"
      })
  void aYearIsCountedFromNowInBothFormsOfADate(String time) {
    Instant now = Instant.parse(time);

    X509Certificate certificate = certificate("mx.example.org", now);

    assertThat(certificate.getNotBefore().toInstant()).isEqualTo(now.minus(Duration.ofHours(1)));
    assertThat(certificate.getNotAfter().toInstant()).isEqualTo(now.plus(Duration.ofDays(365)));
  }

  @Test
  void itNamesAServerAndSignsNoOtherCertificate() throws Exception {
    X509Certificate certificate = certificate("mx.example.org", Instant.now());

    certificate.verify(certificate.getPublicKey());
    assertThat(certificate.getVersion()).isEqualTo(3);
    assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=mx.example.org");
    assertThat(certificate.getSubjectAlternativeNames())
        .containsExactly(List.of(2, "mx.example.org"));
    assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
    assertThat(certificate.getKeyUsage()).startsWith(true, false);
    assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    assertThat(certificate.getSigAlgName()).isEqualTo("SHA256withECDSA");
  }

  @Test
  void aNameTooLongForTheSubjectStandsInTheAlternativeNameAlone() throws Exception {
    String hostname = "a".repeat(63) + ".example.org";

    X509Certificate certificate = certificate(hostname, Instant.now());

    assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=simplesmtp");
    assertThat(certificate.getSubjectAlternativeNames()).containsExactly(List.of(2, hostname));
  }

  @Test
  void eachHasItsOwnKeyAndSerialNumber() {
    X509Certificate one = certificate("mx.example.org", Instant.now());
    X509Certificate other = certificate("mx.example.org", Instant.now());

    assertThat(one.getSerialNumber()).isPositive().isNotEqualTo(other.getSerialNumber());
    assertThat(one.getPublicKey()).isNotEqualTo(other.getPublicKey());
  }

  private static X509Certificate certificate(String hostname, Instant now) {
    return SelfSigned.create(hostname, now).chain().getFirst();
  }
}
