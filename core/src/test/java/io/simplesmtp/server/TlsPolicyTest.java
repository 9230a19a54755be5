package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9325: what the real openssl can agree on with a server, and what not. */
final class TlsPolicyTest {

  private static final String CBC = "-tls1_2 -cipher ECDHE-ECDSA-AES128-SHA";

  @TempDir private Path folder;
  private Pki pki;
  private TlsConfig config;

  @BeforeEach
  void open() throws Exception {
    pki = Pki.in(folder);
    config = pki.server("mx.test", Pki.EC).withAlternative(pki.server("rsa.mx.test", Pki.RSA));
  }

  @Test
  void modernIsAuthenticatedEncryptionWithForwardSecrecy() {
    assertThat(TlsPolicy.MODERN.protocols()).containsExactly("TLSv1.3", "TLSv1.2");
    assertThat(TlsPolicy.MODERN.cipherSuites())
        .hasSize(9)
        .allMatch(suite -> suite.matches("TLS_(ECDHE_(ECDSA|RSA)_WITH_)?(AES|CHACHA20).*"))
        .allMatch(suite -> suite.contains("_GCM_") || suite.contains("_POLY1305_"));
    assertThat(TlsPolicy.MODERN.groups()).first().isEqualTo("x25519");
    assertThat(TlsPolicy.MODERN.groups()).noneMatch(group -> group.startsWith("ffdhe"));
  }

  @Test
  void intermediateIsModernWithMoreBehindIt() {
    int modern = TlsPolicy.MODERN.cipherSuites().size();
    assertThat(TlsPolicy.INTERMEDIATE.protocols()).isEqualTo(TlsPolicy.MODERN.protocols());
    assertThat(TlsPolicy.INTERMEDIATE.cipherSuites().subList(0, modern))
        .isEqualTo(TlsPolicy.MODERN.cipherSuites());
    assertThat(TlsPolicy.INTERMEDIATE.cipherSuites().subList(modern, modern + 8))
        .allMatch(suite -> suite.matches("TLS_ECDHE_.*_CBC_.*"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-tls1_1 -cipher ALL:@SECLEVEL=0",
        CBC,
        "-tls1_2 -cipher AES128-GCM-SHA256",
        "-tls1_2 -cipher DHE-RSA-AES128-GCM-SHA256",
        "-tls1_2 -cipher aNULL:@SECLEVEL=0",
        "-tls1_2 -sigalgs RSA+SHA1:ECDSA+SHA1 -cipher ALL:@SECLEVEL=0",
        "-tls1_3 -groups ffdhe2048"
      })
  void whatIsWeakFailsTheHandshake(String options) throws Exception {
    try (TestServer server = Pki.serve(config)) {
      pki.talk(server, true, options).fails("alert");
      assertThat(server.awaitFailedHandshakes(1)).hasSize(1);
      assertThat(server.secured()).isEmpty();
    }
  }

  @Test
  void intermediateServesOldDevices() throws Exception {
    try (TestServer server = Pki.serve(config.withPolicy(TlsPolicy.INTERMEDIATE))) {
      pki.talk(server, true, CBC).succeeds();
      pki.talk(server, true, "-tls1_2 -cipher ECDHE-RSA-AES256-SHA384").succeeds();
      pki.talk(server, true, "-tls1_2 -cipher AES128-SHA").fails("alert");
      pki.talk(server, true, "").succeeds();
      assertThat(server.awaitFailedHandshakes(1)).hasSize(1);
      assertThat(server.secured())
          .extracting(session -> session.tls().orElseThrow().cipherSuite())
          .containsExactly(
              "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
              "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
              "TLS_AES_256_GCM_SHA384");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "-tls1_2 -cipher ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384,"
        + " TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    "-tls1_3 -ciphersuites TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256,"
        + " TLS_AES_128_GCM_SHA256"
  })
  void serversOrderCounts(String options, String suite) throws Exception {
    try (TestServer server = Pki.serve(config)) {
      pki.talk(server, true, options).succeeds();
      assertThat(server.secured().element().tls().orElseThrow().cipherSuite()).isEqualTo(suite);
    }
  }

  @Test
  void policyOfOnesOwnIsObeyed() throws Exception {
    TlsPolicy own =
        TlsPolicy.MODERN
            .withProtocols("TLSv1.3")
            .withCipherSuites("TLS_AES_128_GCM_SHA256")
            .withGroups("secp384r1");
    try (TestServer server = Pki.serve(config.withPolicy(own))) {
      pki.talk(server, true, "").succeeds().says(" Temp Key: ECDH, secp384r1");
      pki.talk(server, true, "-tls1_2").fails("alert");
      assertThat(server.awaitFailedHandshakes(1)).hasSize(1);
    }
  }

  @Test
  void namesThatJavaDoesNotKnowAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TlsPolicy.MODERN.withProtocols("TLSv1.3", "TLSv1.4"))
        .withMessage("This Java knows no TLS protocol named TLSv1.4");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TlsPolicy.MODERN.withCipherSuites("ECDHE-RSA-AES128-GCM-SHA256"))
        .withMessage("This Java knows no TLS cipher suite named ECDHE-RSA-AES128-GCM-SHA256");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TlsPolicy.MODERN.withGroups("P-256"))
        .withMessage("This Java knows no TLS group named P-256");
    assertThatIllegalArgumentException()
        .isThrownBy(TlsPolicy.MODERN::withGroups)
        .withMessage("There must be a group");
  }

  @ParameterizedTest
  @CsvSource({
    "-alpn smtp, smtp",
    "'-alpn http/1.1,smtp', smtp",
    "-alpn esmtp, esmtp",
    "'-alpn esmtp,smtp', smtp",
    "'', none"
  })
  void applicationProtocolIsInTheSession(String options, String expected) throws Exception {
    try (TestServer server = Pki.serve(config)) {
      for (boolean isImplicit : new boolean[] {false, true}) {
        pki.talk(server, isImplicit, options).succeeds();
        assertThat(server.secured().remove().tls().orElseThrow().applicationProtocol())
            .isEqualTo(Optional.of(expected).filter(name -> !name.equals("none")));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-alpn h2,http/1.1", "-alpn imap", "-tls1_2 -alpn SMTP"})
  void clientOfAnotherProtocolIsLetGo(String options) throws Exception {
    try (TestServer server = Pki.serve(config)) {
      pki.talk(server, false, options).fails("no application protocol");
      pki.talk(server, true, options).fails("no application protocol");
      assertThat(server.awaitFailedHandshakes(2)).hasSize(2);
      assertThat(server.secured()).isEmpty();
    }
  }
}
