package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * RFC 8446 section 4.3.2: clients of the real openssl that have certificates, good ones and bad.
 */
final class ClientCertificateTest {

  private static final String OF_A_CLIENT = "extendedKeyUsage=clientAuth";
  private static final String OF_A_SERVER = "extendedKeyUsage=serverAuth";

  @TempDir private Path folder;
  private Pki pki;
  private TlsConfig config;

  @BeforeEach
  void open() throws Exception {
    pki = Pki.in(folder);
    config = pki.server("mx.test", Pki.EC);
    pki.authority("clients");
    pki.issue("ann", Pki.EC, OF_A_CLIENT, "clients");
    pki.issue("stranger", Pki.EC, OF_A_CLIENT, "ca");
    pki.issue("web", Pki.EC, OF_A_SERVER, "clients");
  }

  @ParameterizedTest
  @CsvSource({
    "WANTED, -tls1_2, false",
    "WANTED, -tls1_3, true",
    "NEEDED, -tls1_2, true",
    "NEEDED, -tls1_3, false"
  })
  void goodOneIsInTheSession(ClientCertificates mode, String version, boolean isImplicit)
      throws Exception {
    try (TestServer server =
        Pki.serve(config.withClientCertificates(mode, pki.file("clients.crt")))) {
      pki.talk(server, isImplicit, version + " " + pair("ann")).succeeds();
      var certificates = tls(server).peerCertificates();
      assertThat(certificates).hasSize(1);
      assertThat(certificates.getFirst().getSubjectX500Principal()).hasToString("CN=ann");
    }
  }

  @Test
  void chainOfTheClientIsVerifiedAndInTheSession() throws Exception {
    pki.issue("middle", Pki.EC, "basicConstraints=critical,CA:TRUE", "clients");
    pki.issue("bob", Pki.EC, OF_A_CLIENT, "middle");
    try (TestServer server = needed("clients")) {
      pki.talk(server, true, pair("bob") + " -cert_chain middle.crt").succeeds();
      assertThat(tls(server).peerCertificates()).hasSize(2);
      pki.talk(server, true, pair("bob")).says("alert");
      assertThat(server.awaitFailedHandshakes(1).element()).contains("unable to find valid");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void curlDeliversWithOne(boolean isImplicit) throws Exception {
    Path mail = Files.writeString(pki.file("mail"), "Subject: Hi\r\n\r\nHi\r\n");
    try (TestServer server = needed("clients")) {
      var address = (InetSocketAddress) server.server().addresses().get(isImplicit ? 1 : 0);
      String[] command = {
        "-sS",
        (isImplicit ? "smtps" : "smtp") + "://mx.test:" + address.getPort(),
        "--ssl-reqd",
        "--resolve",
        "mx.test:" + address.getPort() + ":127.0.0.1",
        "--cacert",
        "ca.crt",
        "--mail-from",
        "ann@example.org",
        "--mail-rcpt",
        "bob@example.org",
        "-T",
        mail.toString()
      };
      Tool curl = Tool.find("curl", folder);
      curl.run(command).fails("alert");
      assertThat(server.awaitFailedHandshakes(1)).hasSize(1);
      curl.run(
              Stream.concat(Stream.of(command), Stream.of("--cert", "ann.crt", "--key", "ann.key"))
                  .toArray(String[]::new))
          .succeeds();
      assertThat(tls(server).peerCertificates()).hasSize(1);
      assertThat(tls(server).serverName()).contains("mx.test");
      assertThat(tls(server)).asString().doesNotContain("ann").hasLineCount(1);
      assertThat(server.messages()).containsExactly("accepted");
    }
  }

  @ParameterizedTest
  @CsvSource({"-tls1_2", "-tls1_3"})
  void whoHasNoneIsWelcomeWhereItIsWantedAlone(String version) throws Exception {
    try (TestServer server =
        Pki.serve(
            config.withClientCertificates(ClientCertificates.WANTED, pki.file("clients.crt")))) {
      pki.talk(server, false, version).succeeds().says("Acceptable client certificate CA names");
      assertThat(tls(server).peerCertificates()).isEmpty();
    }
    try (TestServer server = needed("clients")) {
      pki.talk(server, false, version).says("alert");
      assertThat(server.awaitFailedHandshakes(1).element()).contains("Empty client certificate");
      assertThat(server.secured()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "WANTED, -tls1_2, stranger, unable to find valid certification path",
    "WANTED, -tls1_3, stranger, unable to find valid certification path",
    "NEEDED, -tls1_3, stranger, unable to find valid certification path",
    "NEEDED, -tls1_2, web, Extended key usage does not permit use for TLS client authentication",
  })
  void badOneFailsTheHandshake(ClientCertificates mode, String version, String name, String reason)
      throws Exception {
    try (TestServer server =
        Pki.serve(config.withClientCertificates(mode, pki.file("clients.crt")))) {
      pki.talk(server, true, version + " " + pair(name)).says("alert");
      assertThat(server.awaitFailedHandshakes(1).element()).contains(reason);
      assertThat(server.secured()).isEmpty();
    }
  }

  @Test
  void nobodyIsAskedUnlessThisIsSaid() throws Exception {
    TlsConfig asked =
        config.withClientCertificates(ClientCertificates.NEEDED, pki.file("clients.crt"));
    for (TlsConfig none :
        new TlsConfig[] {config, asked.withClientCertificates(ClientCertificates.NONE)}) {
      try (TestServer server = Pki.serve(none)) {
        pki.talk(server, true, pair("stranger"))
            .succeeds()
            .says("No client certificate CA names sent");
        assertThat(tls(server).peerCertificates()).isEmpty();
      }
    }
  }

  @Test
  void authoritiesMayComeFromSeveralFilesOrAStore() throws Exception {
    TlsConfig files =
        config.withClientCertificates(
            ClientCertificates.NEEDED, pki.file("clients.crt"), pki.file("ca.crt"));
    TlsConfig store = config.withClientCertificates(ClientCertificates.NEEDED, store());
    for (TlsConfig both : new TlsConfig[] {files, store}) {
      try (TestServer server = Pki.serve(both)) {
        pki.talk(server, true, pair("ann")).succeeds();
        pki.talk(server, true, pair("stranger")).succeeds();
        assertThat(server.secured()).hasSize(2);
      }
    }
  }

  @Test
  void otherAuthoritiesCountFromTheNextHandshakeOnAndForOldSessionsToo() throws Exception {
    TlsConfig asked =
        config.withClientCertificates(ClientCertificates.NEEDED, pki.file("clients.crt"));
    try (TestServer server = Pki.serve(asked)) {
      pki.talk(server, true, pair("ann") + " -sess_out old.pem").succeeds();
      Files.copy(pki.file("clients.crt"), pki.file("old.crt"));
      Files.copy(pki.file("ca.crt"), pki.file("clients.crt"), StandardCopyOption.REPLACE_EXISTING);
      assertThat(asked.reload()).isEmpty();
      pki.talk(server, true, pair("ann") + " -sess_in old.pem").says("alert");
      assertThat(server.awaitFailedHandshakes(1).element()).contains("unable to find valid");
      pki.talk(server, true, pair("stranger")).succeeds();
      assertThat(server.secured()).hasSize(2);
    }
  }

  @Test
  void contextOfOnesOwnJudgesByItself() throws Exception {
    SSLContext context = Handshake.trusting(pki.file("clients.crt"));
    TlsConfig own = TlsConfig.of(context);
    assertThat(own.withClientCertificates(ClientCertificates.WANTED)).isNotNull();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> own.withClientCertificates(ClientCertificates.WANTED, pki.file("clients.crt")));
  }

  @Test
  void authoritiesThatWillNotDoAreRefused() throws Exception {
    Path missing = pki.file("missing.crt");
    Path key = pki.file("ann.key");
    KeyStore empty = KeyStore.getInstance("PKCS12");
    empty.load(null, null);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config.withClientCertificates(ClientCertificates.NEEDED))
        .withMessage("Somebody must vouch for client certificates: no authority was given");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> config.withClientCertificates(ClientCertificates.NONE, pki.file("clients.crt")));
    assertThatIOException()
        .isThrownBy(() -> config.withClientCertificates(ClientCertificates.NEEDED, missing))
        .withMessage("Cannot read " + missing + ": no such file or folder");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config.withClientCertificates(ClientCertificates.NEEDED, key))
        .withMessage("There is no certificate in " + key);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config.withClientCertificates(ClientCertificates.NEEDED, empty))
        .withMessage("The store holds no trusted certificate");
    KeyStore good = store();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config.withClientCertificates(ClientCertificates.NONE, good));
  }

  private TestServer needed(String authority) throws Exception {
    return Pki.serve(
        config.withClientCertificates(ClientCertificates.NEEDED, pki.file(authority + ".crt")));
  }

  private static TlsInfo tls(TestServer server) {
    return server.secured().element().tls().orElseThrow();
  }

  private static String pair(String name) {
    return "-cert %1$s.crt -key %1$s.key".formatted(name);
  }

  private KeyStore store() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (String name : new String[] {"ca", "clients"}) {
      try (InputStream in = Files.newInputStream(pki.file(name + ".crt"))) {
        store.setCertificateEntry(
            name, CertificateFactory.getInstance("X.509").generateCertificate(in));
      }
    }
    return store;
  }
}
