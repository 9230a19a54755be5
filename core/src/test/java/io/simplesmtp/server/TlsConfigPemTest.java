package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PEM files as the real openssl writes them, seen by a client of a real handshake. */
final class TlsConfigPemTest {

  private static final String P256 = "EC -pkeyopt ec_paramgen_curve:P-256";
  private static final String HOST = "mx.example.org";

  @TempDir Path folder;

  private OpenSsl openssl;

  @BeforeEach
  void openssl() throws Exception {
    openssl = OpenSsl.in(folder);
  }

  @ParameterizedTest
  @CsvSource({
    "RSA -pkeyopt rsa_keygen_bits:2048, TLSv1.2",
    "RSA -pkeyopt rsa_keygen_bits:2048, TLSv1.3",
    "RSA-PSS -pkeyopt rsa_keygen_bits:2048, TLSv1.3",
    "EC -pkeyopt ec_paramgen_curve:P-256, TLSv1.2",
    "EC -pkeyopt ec_paramgen_curve:P-256, TLSv1.3",
    "EC -pkeyopt ec_paramgen_curve:P-384, TLSv1.3",
    "EC -pkeyopt ec_paramgen_curve:P-521, TLSv1.3",
    "ED448, TLSv1.3",
    "ED25519, TLSv1.2",
    "ED25519, TLSv1.3",
  })
  void aPkcs8KeyOfEachAlgorithmServes(String algorithm, String protocol) throws Exception {
    Path key = openssl.key("a", algorithm);
    Path certificate = openssl.selfSigned("a");

    assertServes(TlsConfig.fromPem(certificate, key), certificate, protocol, 1);
  }

  @Test
  void anRsaKeyInPkcs1Serves() throws Exception {
    openssl.key("a", "RSA -pkeyopt rsa_keygen_bits:2048");
    Path certificate = openssl.selfSigned("a");
    openssl.run("pkey -in a.key -traditional -out a.pkcs1");

    assertThat(openssl.file("a.pkcs1")).content().startsWith("-----BEGIN RSA PRIVATE KEY-----");
    assertServes(
        TlsConfig.fromPem(certificate, openssl.file("a.pkcs1")), certificate, "TLSv1.3", 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-noout", "-text"})
  void anEcKeyInSec1ServesWithAndWithoutItsParametersBeforeIt(String option) throws Exception {
    openssl.run("ecparam -name prime256v1 -genkey " + option + " -out a.key");
    Path certificate = openssl.selfSigned("a");

    assertThat(openssl.file("a.key")).content().contains("-----BEGIN EC PRIVATE KEY-----");
    assertThat(Files.readString(openssl.file("a.key")).contains("-----BEGIN EC PARAMETERS-----"))
        .isEqualTo(option.equals("-text"));
    assertServes(TlsConfig.fromPem(certificate, openssl.file("a.key")), certificate, "TLSv1.3", 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void theWholeChainIsSent(String protocol) throws Exception {
    Path root = makeChain();

    Path two = openssl.concatenation("two.pem", "leaf.crt", "middle.crt");
    assertServes(TlsConfig.fromPem(two, openssl.file("leaf.key")), root, protocol, 2);
    Path three = openssl.concatenation("three.pem", "leaf.crt", "middle.crt", "root.crt");
    assertServes(TlsConfig.fromPem(three, openssl.file("leaf.key")), root, protocol, 3);
  }

  @Test
  void certificatesThatAreNoChainAreRefused() throws Exception {
    makeChain();

    Path gap = openssl.concatenation("gap.pem", "leaf.crt", "root.crt");
    assertRefused(
        gap,
        openssl.file("leaf.key"),
        "The certificates in " + gap + " are not a chain: number 1 is not issued by number 2");
  }

  @Test
  void aCertificateThatStandsThereTwiceIsSentOnce() throws Exception {
    Path root = makeChain();

    Path twice =
        openssl.concatenation(
            "twice.pem", "leaf.crt", "leaf.crt", "middle.crt", "root.crt", "root.crt");
    assertServes(TlsConfig.fromPem(twice, openssl.file("leaf.key")), root, "TLSv1.3", 3);
  }

  @Test
  void oneFileHoldsChainAndKeyInAnyOrder() throws Exception {
    openssl.key("a", P256);
    Path certificate = openssl.selfSigned("a");

    Path keyLast = openssl.concatenation("last.pem", "a.crt", "a.key");
    assertServes(TlsConfig.fromPem(keyLast, keyLast), certificate, "TLSv1.3", 1);
    Path keyFirst = openssl.concatenation("first.pem", "a.key", "a.crt");
    assertServes(TlsConfig.fromPem(keyFirst, keyFirst), certificate, "TLSv1.3", 1);
  }

  @Test
  void lineEndsTextAndAByteOrderMarkAroundTheBlocksDoNotMatter() throws Exception {
    Path key = openssl.key("a", P256);
    Path certificate = openssl.selfSigned("a");
    String text = openssl.run("x509 -in a.crt -text");

    assertThat(text).startsWith("Certificate:").contains("-----BEGIN");
    Path odd = folder.resolve("odd.pem");
    Files.writeString(odd, "\uFEFF" + Files.readString(certificate));
    assertServes(TlsConfig.fromPem(odd, key), certificate, "TLSv1.3", 1);
    Files.writeString(
        odd, "caf\u00e9\r\n" + text.replace("\n", "\r\n"), StandardCharsets.ISO_8859_1);
    Files.writeString(key, Files.readString(key).replace("\n", "\r\n").stripTrailing());
    assertServes(TlsConfig.fromPem(odd, key), certificate, "TLSv1.3", 1);
  }

  @Test
  void aMissingFileIsNamed() throws Exception {
    Path key = openssl.key("a", P256);
    Path certificate = openssl.selfSigned("a");
    Path missing = folder.resolve("missing.pem");

    assertThatIOException()
        .isThrownBy(() -> TlsConfig.fromPem(missing, key))
        .withMessage("Cannot read " + missing + ": no such file or folder");
    assertThatIOException()
        .isThrownBy(() -> TlsConfig.fromPem(certificate, missing))
        .withMessage("Cannot read " + missing + ": no such file or folder");
    assertThatIOException()
        .isThrownBy(() -> TlsConfig.fromPem(folder, key))
        .withMessage("Cannot read " + folder + ": Is a directory");
  }

  @Test
  void aFileWithoutWhatIsLookedForIsNamed() throws Exception {
    Path key = openssl.key("a", P256);
    Path certificate = openssl.selfSigned("a");
    Path empty = Files.createFile(folder.resolve("empty.pem"));
    openssl.run("x509 -in a.crt -outform DER -out a.der");

    assertRefused(key, key, "There is no certificate in " + key);
    assertRefused(certificate, certificate, "There is no private key in " + certificate);
    assertRefused(empty, key, empty + " is not a PEM file: it has no BEGIN line");
    Path der = openssl.file("a.der");
    assertRefused(der, key, der + " is not a PEM file: it has no BEGIN line");
  }

  @ParameterizedTest
  @ValueSource(strings = {P256, "RSA -pkeyopt rsa_keygen_bits:2048", "ED25519"})
  void aKeyOfAnotherCertificateIsRefused(String algorithm) throws Exception {
    openssl.key("a", algorithm);
    Path certificate = openssl.selfSigned("a");

    for (String other : new String[] {algorithm, "EC -pkeyopt ec_paramgen_curve:P-384"}) {
      Path key = openssl.key("b", other);
      assertRefused(
          certificate,
          key,
          "The private key in %s does not belong to the first certificate in %s"
              .formatted(key, certificate));
    }
  }

  @Test
  void anEncryptedKeyIsRefused() throws Exception {
    openssl.key("a", "RSA -pkeyopt rsa_keygen_bits:2048");
    Path certificate = openssl.selfSigned("a");
    openssl.run("pkey -in a.key -aes128 -passout pass:x -out new.key");
    openssl.run("pkey -in a.key -traditional -aes128 -passout pass:x -out old.key");

    assertThat(openssl.file("old.key")).content().contains("Proc-Type");
    for (String name : new String[] {"new.key", "old.key"}) {
      assertRefused(
          certificate,
          openssl.file(name),
          "The private key in "
              + openssl.file(name)
              + " is encrypted; decrypt it first, as openssl pkey does");
    }
  }

  @Test
  void keysThatJavaCannotUseAreRefused() throws Exception {
    openssl.key("a", P256);
    Path certificate = openssl.selfSigned("a");
    openssl.run("ecparam -name prime256v1 -genkey -param_enc explicit -noout -out explicit.key");
    Path other = openssl.key("b", "EC -pkeyopt ec_paramgen_curve:secp256k1");
    Path ofOther = openssl.selfSigned("b");

    Path explicit = openssl.file("explicit.key");
    assertRefused(
        certificate,
        explicit,
        "The private key in " + explicit + " does not name its elliptic curve");
    assertRefused(
        ofOther,
        other,
        "The private key in "
            + other
            + " is not of RSA, Ed25519, Ed448 or one of the curves P-256 to P-521");
  }

  @Test
  void severalKeysAreRefused() throws Exception {
    openssl.key("a", P256);
    openssl.key("b", P256);
    Path certificate = openssl.selfSigned("a");

    Path both = openssl.concatenation("both.pem", "a.key", "b.key");
    assertRefused(certificate, both, "There is more than one private key in " + both);
  }

  private Path makeChain() throws Exception {
    openssl.key("root", P256);
    Path root = openssl.selfSigned("root");
    openssl.issued("middle", "root", "basicConstraints=critical,CA:TRUE");
    openssl.issued("leaf", "middle", "subjectAltName=DNS:" + HOST);
    return root;
  }

  private static void assertServes(TlsConfig config, Path trusted, String protocol, int length)
      throws Exception {
    var session = Handshake.of(config, trusted, HOST, protocol);
    assertThat(session.getProtocol()).isEqualTo(protocol);
    assertThat(session.getPeerCertificates()).hasSize(length);
  }

  private static void assertRefused(Path chain, Path key, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TlsConfig.fromPem(chain, key))
        .withMessage(message);
  }
}
