package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Self-signed certificates, judged by openssl and by the clients of real handshakes. */
final class TlsConfigSelfSignedTest {

  @TempDir Path folder;

  private Path certificate;
  private Path key;

  @BeforeEach
  void nameTheFiles() {
    certificate = folder.resolve("server.crt");
    key = folder.resolve("server.key");
  }

  @Test
  void opensslAcceptsCertificateKeyAndName() throws Exception {
    OpenSsl openssl = OpenSsl.in(folder);
    TlsConfig.writeSelfSigned("mx.example.org", certificate, key);

    assertThat(openssl.run("x509 -in server.crt -noout -checkhost mx.example.org"))
        .contains("does match certificate");
    openssl
        .tried("x509 -in server.crt -noout -checkhost other.example.org")
        .says("does NOT match certificate");
    openssl.run("verify -x509_strict -purpose sslserver -CAfile server.crt server.crt");
    openssl.run("pkey -in server.key -check -noout");
    assertThat(openssl.run("pkey -in server.key -pubout"))
        .isEqualTo(openssl.run("x509 -in server.crt -noout -pubkey"));
  }

  @Test
  void opensslFindsAYearOfValidityFromNowOn() throws Exception {
    OpenSsl openssl = OpenSsl.in(folder);
    TlsConfig.writeSelfSigned("mx.example.org", certificate, key);

    int day = 24 * 60 * 60;
    openssl.run("x509 -in server.crt -noout -checkend " + 364 * day);
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> openssl.run("x509 -in server.crt -noout -checkend " + 366 * day));
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "[192.0.2.1], 192.0.2.1",
    "2001:db8::1, 2001:db8::1",
    "[IPv6:2001:db8::1], 2001:db8::1",
  })
  void opensslAcceptsAnAddress(String hostname, String address) throws Exception {
    OpenSsl openssl = OpenSsl.in(folder);
    TlsConfig.writeSelfSigned(hostname, certificate, key);

    assertThat(openssl.run("x509 -in server.crt -noout -checkip " + address))
        .contains("does match certificate");
  }

  @ParameterizedTest
  @CsvSource({
    "mx.example.org, mx.example.org, TLSv1.2",
    "mx.example.org, mx.example.org, TLSv1.3",
    "m\u00fcnchen.example, xn--mnchen-3ya.example, TLSv1.3",
    "[127.0.0.1], 127.0.0.1, TLSv1.3",
  })
  void aClientThatTrustsItAcceptsIt(String hostname, String asked, String protocol)
      throws Exception {
    TlsConfig.writeSelfSigned(hostname, certificate, key);

    var session = Handshake.of(TlsConfig.fromPem(certificate, key), certificate, asked, protocol);

    assertThat(session.getProtocol()).isEqualTo(protocol);
  }

  @Test
  void aClientRefusesItForAnotherNameAndWithoutTrust() throws Exception {
    TlsConfig.writeSelfSigned("mx.example.org", certificate, key);
    TlsConfig kept = TlsConfig.fromPem(certificate, key);
    TlsConfig inMemory = TlsConfig.selfSigned("mx.example.org");

    assertThatExceptionOfType(SSLException.class)
        .isThrownBy(() -> Handshake.of(kept, certificate, "mx.example.net", "TLSv1.3"));
    assertThatExceptionOfType(SSLException.class)
        .isThrownBy(() -> Handshake.of(inMemory, certificate, "mx.example.org", "TLSv1.3"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "*.example.org", "[tag:content]", "1.2.3", "::g", "a..b"})
  void whatIsNoHostIsRefused(String hostname) {
    assertThatIllegalArgumentException().isThrownBy(() -> TlsConfig.selfSigned(hostname));
  }

  @Test
  void onlyTheOwnerReadsTheKeyAndNothingElseIsLeft() throws Exception {
    TlsConfig.writeSelfSigned("mx.example.org", certificate, key);

    assertThat(filesLeft()).containsExactlyInAnyOrder(certificate, key);
    assumeTrue(
        folder.getFileSystem().supportedFileAttributeViews().contains("posix"),
        "skipped: this file system has no permissions");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
  }

  @Test
  void anExistingFileIsNeverReplaced() throws Exception {
    Files.writeString(key, "mine");
    assertThatExceptionOfType(FileAlreadyExistsException.class)
        .isThrownBy(() -> TlsConfig.writeSelfSigned("mx.example.org", certificate, key))
        .withMessage(key + ": exists and is not overwritten");
    assertThat(filesLeft()).containsExactly(key);
    assertThat(key).hasContent("mine");

    Files.move(key, certificate);
    assertThatExceptionOfType(FileAlreadyExistsException.class)
        .isThrownBy(() -> TlsConfig.writeSelfSigned("mx.example.org", certificate, key))
        .withMessage(certificate + ": exists and is not overwritten");
    assertThat(filesLeft()).containsExactly(certificate);
    assertThat(certificate).hasContent("mine");
  }

  @Test
  void ofManyWhoWriteTheSamePairOneSucceeds() throws Exception {
    int writers = 8;
    CyclicBarrier start = new CyclicBarrier(writers);
    List<Future<?>> attempts = new ArrayList<>();
    int written = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < writers; i++) {
        attempts.add(
            threads.submit(() -> {
              start.await(20, TimeUnit.SECONDS);
              TlsConfig.writeSelfSigned("mx.example.org", certificate, key);
              return true;
            }));
      }
      for (Future<?> attempt : attempts) {
        try {
          attempt.get(20, TimeUnit.SECONDS);
          written++;
        } catch (ExecutionException e) {
          assertThat(e).hasCauseInstanceOf(FileAlreadyExistsException.class);
        }
      }
    }
    assertThat(written).isEqualTo(1);
    assertThat(filesLeft()).containsExactlyInAnyOrder(certificate, key);
    assertThat(TlsConfig.fromPem(certificate, key)).isNotNull();
  }

  @Test
  void aPlaceWhereNothingCanBeWrittenIsSaid() throws Exception {
    Path elsewhere = folder.resolve("missing").resolve("server.key");

    assertThatIOException()
        .isThrownBy(() -> TlsConfig.writeSelfSigned("mx.example.org", certificate, elsewhere))
        .withMessage("Cannot write %s and %s: no such file or folder", certificate, elsewhere);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TlsConfig.writeSelfSigned("mx.example.org", key, key))
        .withMessage("Certificate and key are kept in two files, not both in " + key);
    assertThat(filesLeft()).isEmpty();
  }

  private List<Path> filesLeft() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
