package io.simplesmtp.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplesmtp.server.Tool;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 5929 section 4.1, with certificates that openssl makes. */
class TlsBindingsTest {

  @ParameterizedTest
  @CsvSource({
    "rsa:2048, -sha256, SHA256withRSA, SHA-256",
    "rsa:2048, -sha1, SHA1withRSA, SHA-256",
    "rsa:2048, -sha384, SHA384withRSA, SHA-384",
    "rsa:2048, -sha512, SHA512withRSA, SHA-512",
    "rsa-pss, -sha384, RSASSA-PSS, SHA-384",
    "ec, -sha384, SHA384withECDSA, SHA-384",
    "ed25519, -sha256, Ed25519, none",
  })
  void theCertificateIsHashedAsItsSignatureIs(
      String key, String digest, String signature, String hash, @TempDir Path folder)
      throws Exception {
    X509Certificate certificate = certificate(key, digest, folder);
    assertThat(certificate.getSigAlgName()).isEqualTo(signature);
    if (hash.equals("none")) {
      assertThat(TlsBindings.endPoint(certificate)).isEmpty();
    } else {
      assertThat(TlsBindings.endPoint(certificate))
          .contains(MessageDigest.getInstance(hash).digest(certificate.getEncoded()));
    }
  }

  private static X509Certificate certificate(String key, String digest, Path folder)
      throws Exception {
    List<String> command =
        new ArrayList<>(List.of("req", "-x509", "-nodes", "-subj", "/CN=mx.test", "-newkey", key));
    command.addAll(List.of(digest, "-keyout", "key.pem", "-out", "crt.pem"));
    if (key.equals("ec")) {
      command.addAll(List.of("-pkeyopt", "ec_paramgen_curve:P-256"));
    }
    Tool.find("openssl", folder).run(command.toArray(String[]::new)).succeeds();
    byte[] pem = Files.readAllBytes(folder.resolve("crt.pem"));
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
  }
}
