package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6066 section 3: which certificate a client of the real openssl is shown. */
final class SniTest {

  @TempDir private Path folder;
  private Pki pki;
  @AutoClose private TestServer server;

  @BeforeEach
  void open() throws Exception {
    pki = Pki.in(folder);
    TlsConfig several =
        pki.server("default.test", Pki.EC)
            .withAlternative(pki.server("rsa.default.test", Pki.RSA))
            .withName("*.b.test", pki.server("wildcard.test", Pki.EC))
            .withName("MAIL.b.test", pki.server("mail.b.test", Pki.EC))
            .withName("b\u00fccher.test", pki.server("books.test", "ED25519"));
    server = Pki.serve(several);
  }

  @ParameterizedTest
  @CsvSource({
    "'', default.test",
    "-servername other.test, default.test",
    "-servername mail.b.test, mail.b.test",
    "-servername Mail.B.Test, mail.b.test",
    "-servername any.b.test, wildcard.test",
    "-servername x.any.b.test, default.test",
    "-servername b.test, default.test",
    "-servername xn--bcher-kva.test, books.test",
    "-servername 127.0.0.1, default.test",
  })
  void certificateIsThatOfTheName(String option, String shown) throws Exception {
    for (String version : new String[] {"-tls1_2", "-tls1_3"}) {
      for (boolean isImplicit : new boolean[] {false, true}) {
        pki.talk(server, isImplicit, (version + " " + option).strip())
            .says("subject=CN=" + shown + "\n", "Verify return code: 0 (ok)");
      }
    }
  }

  @Test
  void nameThatWasAskedForIsInTheSession() throws Exception {
    pki.talk(server, false, "-servername Other.Test").succeeds();
    pki.talk(server, true, "").succeeds();
    assertThat(server.secured())
        .extracting(session -> session.tls().orElseThrow().serverName().orElse("none"))
        .containsExactly("other.test", "none");
  }

  @ParameterizedTest
  @CsvSource({
    "-tls1_2 -cipher ECDHE-RSA-AES128-GCM-SHA256, rsa.default.test",
    "-tls1_2 -cipher ECDHE-ECDSA-AES128-GCM-SHA256, default.test",
    "-tls1_3 -sigalgs rsa_pss_rsae_sha256, rsa.default.test",
    "-tls1_3, default.test",
  })
  void clientThatCannotUseTheFirstKindOfKeyGetsTheAlternative(String options, String shown)
      throws Exception {
    pki.talk(server, false, options).says("subject=CN=" + shown + "\n");
  }

  @Test
  void clientThatCannotUseTheKeyOfAKnownNameGetsNoOther() throws Exception {
    pki.talk(server, true, "-tls1_3 -sigalgs rsa_pss_rsae_sha256 -servername mail.b.test")
        .fails("handshake failure");
    assertThat(server.awaitFailedHandshakes(1).element()).contains("No available auth");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "*", "*.", "*b.test", "a.*.test", "*.*.test", "-a.test", "a b", "[::1]"})
  void whatIsNoNameIsRefused(String name) {
    TlsConfig config = TlsConfig.selfSigned("a.test");
    assertThatIllegalArgumentException().isThrownBy(() -> config.withName(name, config));
  }

  @Test
  void twoOfAKindForOneNameAreRefused() throws Exception {
    TlsConfig config = TlsConfig.selfSigned("a.test");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config.withAlternative(config))
        .withMessage("There is a certificate with such a key already for the default");
    TlsConfig named = config.withName("b.test", config);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> named.withName("B.test", config))
        .withMessage("There is a certificate with such a key already for b.test");
    TlsConfig own = TlsConfig.of(SSLContext.getDefault());
    assertThatIllegalArgumentException().isThrownBy(() -> own.withName("b.test", config));
    assertThatIllegalArgumentException().isThrownBy(() -> config.withName("b.test", own));
  }
}
