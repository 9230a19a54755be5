package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PKCS#12 stores as the real openssl writes them. */
final class TlsConfigPkcs12Test {

  @TempDir Path folder;

  private OpenSsl openssl;

  @BeforeEach
  void makeChain() throws Exception {
    openssl = OpenSsl.in(folder);
    openssl.key("root", "EC -pkeyopt ec_paramgen_curve:P-256");
    openssl.selfSigned("root");
    openssl.issued("middle", "root", "basicConstraints=critical,CA:TRUE");
    openssl.issued("leaf", "middle", "subjectAltName=DNS:mx.example.org");
  }

  @ParameterizedTest
  @ValueSource(strings = {"secret", ""})
  void aStoreServesItsChain(String password) throws Exception {
    Path store = store("-in leaf.crt -inkey leaf.key -certfile middle.crt", password);
    char[] characters = password.toCharArray();

    TlsConfig config = TlsConfig.fromPkcs12(store, characters);

    var session = Handshake.of(config, openssl.file("root.crt"), "mx.example.org", "TLSv1.3");
    assertThat(session.getPeerCertificates()).hasSize(2);
    assertThat(characters).containsExactly(password.toCharArray());
  }

  @Test
  void aWrongPasswordIsSaid() throws Exception {
    Path store = store("-in leaf.crt -inkey leaf.key", "secret");

    assertRefused(store, "public", "The password of " + store + " is wrong");
    assertRefused(store, "", "The password of " + store + " is wrong");
  }

  @Test
  void aFileOfAnotherKindIsRefused() {
    Path pem = openssl.file("leaf.crt");

    assertRefused(pem, "secret", pem + " is not a PKCS#12 store");
  }

  @Test
  void aStoreWithoutKeyIsRefused() throws Exception {
    Path store = store("-in leaf.crt -nokeys", "secret");

    assertRefused(store, "secret", "There is no private key in " + store);
  }

  @Test
  void aStoreWithoutTheKeysCertificateIsRefused() throws Exception {
    Path store = store("-inkey leaf.key -nocerts", "secret");

    assertRefused(store, "secret", "There is no certificate of the key in " + store);
  }

  @Test
  void aStoreOfSeveralKeysIsRefused() throws Exception {
    Path store = store("-in leaf.crt -inkey leaf.key", "secret");
    char[] password = "secret".toCharArray();
    KeyStore entries = KeyStore.getInstance(store.toFile(), password);
    String alias = entries.aliases().nextElement();
    entries.setKeyEntry(
        "second", entries.getKey(alias, password), password, entries.getCertificateChain(alias));
    try (OutputStream out = Files.newOutputStream(store)) {
      entries.store(out, password);
    }

    assertRefused(store, "secret", "There is more than one private key in " + store);
  }

  @Test
  void aKeyOfAnotherCertificateIsRefused() throws Exception {
    KeyStore entries = KeyStore.getInstance("PKCS12");
    char[] password = "secret".toCharArray();
    entries.load(null, password);
    try (InputStream in = Files.newInputStream(openssl.file("leaf.crt"))) {
      var certificate = CertificateFactory.getInstance("X.509").generateCertificate(in);
      KeyPair other = KeyPairGenerator.getInstance("EC").generateKeyPair();
      entries.setKeyEntry("a", other.getPrivate(), password, new Certificate[] {certificate});
    }
    Path store = folder.resolve("a.p12");
    try (OutputStream out = Files.newOutputStream(store)) {
      entries.store(out, password);
    }

    assertRefused(
        store,
        "secret",
        "The private key in %1$s does not belong to the first certificate in %1$s"
            .formatted(store));
  }

  @Test
  void aMissingStoreIsNamed() {
    Path missing = folder.resolve("missing.p12");

    assertThatIOException()
        .isThrownBy(() -> TlsConfig.fromPkcs12(missing, new char[0]))
        .withMessage("Cannot read " + missing + ": no such file or folder");
  }

  private Path store(String content, String password) throws Exception {
    openssl.run("pkcs12 -export " + content + " -out a.p12 -passout pass:" + password);
    return openssl.file("a.p12");
  }

  private static void assertRefused(Path store, String password, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TlsConfig.fromPkcs12(store, password.toCharArray()))
        .withMessage(message);
  }
}
