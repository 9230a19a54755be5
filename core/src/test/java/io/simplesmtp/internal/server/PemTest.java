package io.simplesmtp.internal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PemTest {

  @Test
  void whatIsEncodedIsReadAgain() throws Exception {
    PrivateKey key = ecKey();
    Credential credential = SelfSigned.create("mx.example.org", Instant.now());
    byte[] certificate = credential.chain().getFirst().getEncoded();

    Pem pem =
        Pem.parse(
            "x",
            Pem.encode("CERTIFICATE", certificate) + Pem.encode("PRIVATE KEY", key.getEncoded()));

    assertThat(pem.certificates()).isEqualTo(credential.chain());
    assertThat(pem.privateKey()).isEqualTo(key);
  }

  @Test
  void linesAreAsLongAsTheRfcWants() {
    List<String> lines = Pem.encode("X", new byte[100]).lines().toList();

    assertThat(lines).hasSize(5).startsWith("-----BEGIN X-----").endsWith("-----END X-----");
    assertThat(lines.get(1)).hasSize(64);
  }

  @ParameterizedTest
  @ValueSource(strings = {"X509 CERTIFICATE", "X.509 CERTIFICATE"})
  void obsoleteLabelsAreRead(String label) throws Exception {
    Credential credential = SelfSigned.create("mx.example.org", Instant.now());
    String text = Pem.encode(label, credential.chain().getFirst().getEncoded());

    assertThat(Pem.parse("x", text).certificates()).isEqualTo(credential.chain());
  }

  @Test
  void theCurveMayStandInTheBlockBeforeAnEcKey() throws Exception {
    PrivateKey key = ecKey();
    byte[] withoutCurve = Der.child(key.getEncoded(), Der.OCTET_STRING).orElseThrow();
    assertThat(Der.child(withoutCurve, Der.CONTEXT)).isEmpty();
    String parameters = Pem.encode("EC PARAMETERS", Der.oid("1.2.840.10045.3.1.7"));
    String alone = Pem.encode("EC PRIVATE KEY", withoutCurve);

    assertThat(Pem.parse("x", parameters + alone).privateKey()).isEqualTo(key);
    assertRefused(alone, "The private key in x does not name its elliptic curve");
  }

  @ParameterizedTest
  @CsvSource({
    "PRIVATE KEY, MAA=, 'The private key in x is damaged, or not of RSA, Ed25519, Ed448 or one of the curves P-256 to P-521'",
    "RSA PRIVATE KEY, MAA=, 'The private key in x is damaged, or not of RSA, Ed25519, Ed448 or one of the curves P-256 to P-521'",
    "EC PRIVATE KEY, MA, The private key in x is damaged",
    "PRIVATE KEY, M?A=, A PRIVATE KEY in x is damaged",
    "OPENSSH PRIVATE KEY, MAA=, 'The private key in x is an OPENSSH PRIVATE KEY; convert it to PKCS#8 first, as openssl pkey does'",
  })
  void aKeyThatCannotBeReadIsRefused(String label, String base64, String message) {
    assertRefused(
        "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n", message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-----BEGIN PRIVATE KEY-----\nMAA=\n",
        "-----BEGIN PRIVATE KEY-----\nMAA=\n-----END RSA PRIVATE KEY-----\n",
        "-----BEGIN PRIVATE KEY-----\nMAA=\n-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----",
      })
  void aBlockWithoutItsEndIsRefused(String text) {
    assertRefused(text, "A PRIVATE KEY in x has no END line");
  }

  @Test
  void aDamagedCertificateIsNumbered() throws Exception {
    Credential credential = SelfSigned.create("mx.example.org", Instant.now());
    String good = Pem.encode("CERTIFICATE", credential.chain().getFirst().getEncoded());
    Pem pem = Pem.parse("x", good + Pem.encode("CERTIFICATE", new byte[] {0x30, 0}));

    assertThatIllegalArgumentException()
        .isThrownBy(pem::certificates)
        .withMessage("Certificate 2 in x is damaged");
  }

  private static void assertRefused(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pem.parse("x", text).privateKey())
        .withMessage(message);
  }

  private static PrivateKey ecKey() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair().getPrivate();
  }
}
