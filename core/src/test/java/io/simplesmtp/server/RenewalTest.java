package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates that are renewed, or broken, under a running server; the real openssl looks. */
final class RenewalTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private Path folder;
  private Pki pki;
  private TlsConfig config;

  @BeforeEach
  void open() throws Exception {
    pki = Pki.in(folder);
    config = pki.server("mx.test", Pki.EC);
  }

  @Test
  void handshakesUseARenewedPairWithoutBeingTold() throws Exception {
    pki.issue("renewed", Pki.RSA, "subjectAltName=DNS:mx.test");
    try (TestServer server = Pki.serve(config)) {
      pki.talk(server, false, "").says("subject=CN=mx.test\n");
      pki.replace("mx.test", "renewed");
      Awaitility.await()
          .atMost(PATIENCE)
          .untilAsserted(() ->
              pki.talk(server, false, "")
                  .says("subject=CN=renewed\n", "Verify return code: 0 (ok)"));
      pki.talk(server, true, "-tls1_2").says("subject=CN=renewed\n");
    }
  }

  @Test
  void brokenOneLeavesTheOneBeforeAndIsLoggedOnce() throws Exception {
    try (TestServer server = Pki.serve(config)) {
      Path certificate = pki.file("mx.test.crt");
      String good = Files.readString(certificate);
      Files.writeString(certificate, good.substring(0, good.length() / 2));
      Awaitility.await()
          .atMost(PATIENCE)
          .ignoreExceptionsInstanceOf(NullPointerException.class)
          .untilAsserted(() -> {
            pki.talk(server, false, "").succeeds().says("subject=CN=mx.test\n");
            assertThat(server.takeFault().getMessage())
                .isEqualTo(
                    "A CERTIFICATE in "
                        + certificate
                        + " has no END line; what was read before is used on");
          });
      assertThat(config.reload())
          .containsExactly("A CERTIFICATE in " + certificate + " has no END line");
      pki.talk(server, true, "").succeeds().says("subject=CN=mx.test\n");
      Files.writeString(certificate, good);
      assertThat(config.reload()).isEmpty();
    }
  }

  @Test
  void goneOneLeavesTheOneBefore() throws Exception {
    try (TestServer server = Pki.serve(config)) {
      pki.talk(server, false, "").succeeds();
      Files.delete(pki.file("mx.test.crt"));
      Files.delete(pki.file("mx.test.key"));
      assertThat(config.reload())
          .containsExactly("Cannot read " + pki.file("mx.test.crt") + ": no such file or folder");
      pki.talk(server, false, "").succeeds().says("subject=CN=mx.test\n");
      pki.talk(server, true, "-tls1_2").succeeds().says("subject=CN=mx.test\n");
    }
  }

  /** It is for clients to judge, and most that relay mail do not mind. */
  @Test
  void expiredOneIsShownOn() throws Exception {
    try (TestServer server = Pki.serve(config)) {
      pki.talk(server, false, "").says("Verify return code: 0 (ok)");
      pki.expire("mx.test");
      assertThat(config.reload()).isEmpty();
      pki.talk(server, false, "")
          .succeeds()
          .says("Verify return code: 10 (certificate has expired)");
      pki.talk(server, true, "-tls1_2").says("Verify return code: 10 (certificate has expired)");
    }
  }

  @Test
  void reloadingSaysAllThatIsWrong() throws Exception {
    pki.server("mail.b.test", Pki.EC);
    TlsConfig both =
        config
            .withName("mail.b.test", pki.read("mail.b.test"))
            .withClientCertificates(ClientCertificates.WANTED, pki.file("ca.crt"));
    assertThat(both.reload()).isEmpty();
    Files.copy(pki.file("ca.key"), pki.file("mx.test.key"), StandardCopyOption.REPLACE_EXISTING);
    Files.delete(pki.file("mail.b.test.crt"));
    Files.writeString(pki.file("ca.crt"), "nothing");
    assertThat(both.reload())
        .containsExactly(
            "The private key in %s does not belong to the first certificate in %s"
                .formatted(pki.file("mx.test.key"), pki.file("mx.test.crt")),
            "Cannot read " + pki.file("mail.b.test.crt") + ": no such file or folder",
            pki.file("ca.crt") + " is not a PEM file: it has no BEGIN line");
  }

  @Test
  void storeIsRenewedWithTheSamePassword() throws Exception {
    pki.issue("renewed", Pki.EC, "subjectAltName=DNS:mx.test");
    store("mx.test", "mx.p12");
    char[] password = "secret".toCharArray();
    TlsConfig bundled = TlsConfig.fromPkcs12(pki.file("mx.p12"), password);
    Arrays.fill(password, ' ');
    try (TestServer server = Pki.serve(bundled)) {
      pki.talk(server, true, "").says("subject=CN=mx.test\n");
      store("renewed", "mx.p12");
      assertThat(bundled.reload()).isEmpty();
      pki.talk(server, true, "").says("subject=CN=renewed\n");
    }
  }

  @Test
  void configurationsThatShareFilesAreRenewedTogether() throws Exception {
    TlsConfig named = config.withName("b.test", config);
    pki.issue("renewed", Pki.EC, "subjectAltName=DNS:mx.test");
    pki.replace("mx.test", "renewed");
    assertThat(config.reload()).isEmpty();
    try (TestServer server = Pki.serve(named)) {
      pki.talk(server, true, "-servername b.test").says("subject=CN=renewed\n");
    }
  }

  @Test
  void whatHasNoFilesIsAlwaysWell() throws Exception {
    assertThat(TlsConfig.selfSigned("mx.test").reload()).isEmpty();
    assertThat(TlsConfig.of(SSLContext.getDefault()).reload()).isEmpty();
  }

  private void store(String name, String store) throws Exception {
    pki.openssl()
        .run(
            "pkcs12 -export -in %1$s.crt -inkey %1$s.key -out %2$s -passout pass:secret"
                .formatted(name, store));
  }
}
