package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplesmtp.Reply;
import java.security.Provider;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLContext;
import org.conscrypt.OpenSSLProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS of a provider that Java does not have: Conscrypt, which is BoringSSL. */
final class ProviderTest {

  private static final TlsConfig JAVAS = TlsConfig.selfSigned("mx.test");

  private final Provider conscrypt = new OpenSSLProvider();

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void mailComesAfterStartTls(String protocol) throws Exception {
    Queue<Integer> sizes = new ConcurrentLinkedQueue<>();
    SmtpHandler sizer =
        (session, envelope, content) -> {
          sizes.add(content.readAllBytes().length);
          return Reply.OK;
        };
    SmtpServer.Builder settings =
        SmtpServer.builder()
            .listen(TestServer.loopback())
            .tls(JAVAS.withProvider(conscrypt))
            .handler(sizer);
    try (TestServer server = new TestServer(settings);
        Client client = Client.greeted(server.port())) {
      client.says("STARTTLS").hears("220 ").secures(protocol).says("EHLO again").hears("250 ");
      client
          .begun()
          .sends("\r\n" + ("x".repeat(998) + "\r\n").repeat(2_000) + ".\r\n")
          .hears("250 ");
      client.says("QUIT").hears("221 ").hearsTheEnd();
      assertThat(sizes).containsExactly(2_000_002);
      assertThat(server.secured().element().tls().orElseThrow().protocol()).isEqualTo(protocol);
      assertThat(server.awaitEnded(1)).containsValue(CloseCause.QUIT);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void whoIsSilentHearsWhy(String protocol) throws Exception {
    SmtpServer.Builder settings =
        SmtpServer.builder()
            .listen(TestServer.loopback().withTls(Tls.IMPLICIT))
            .tls(JAVAS.withProvider(conscrypt))
            .timeouts(Timeouts.DEFAULT.withIdle(Duration.ofMillis(150)))
            .handler(TestServer.discard());
    try (TestServer server = new TestServer(settings);
        Client client = Client.connect(server.port()).secures(protocol)) {
      client.hears("220 ").hears("421 4.4.2 ").hearsTheEnd();
    }
  }

  @Test
  void aHandshakeInClearFailsAsElsewhere() throws Exception {
    SmtpServer.Builder settings =
        SmtpServer.builder()
            .listen(TestServer.loopback())
            .tls(JAVAS.withProvider(conscrypt))
            .handler(TestServer.discard());
    try (TestServer server = new TestServer(settings);
        Client client = Client.greeted(server.port())) {
      client.says("STARTTLS").hears("220 ").sends("EHLO client.test\r\n").hearsOnlyAnAlert();
      assertThat(server.awaitFailedHandshakes(1).element()).contains("unrecognized SSL message");
    }
  }

  @Test
  void itsEnginesAreUsedAndAskForTheCertificateOfTheName() {
    TlsConfig both = JAVAS.withName("b.test", TlsConfig.selfSigned("b.test"));
    assertThat(both.withProvider(conscrypt).server().engine().getClass().getName())
        .startsWith("org.conscrypt.");
  }

  @Test
  void whatItDoesNotKeepToIsRefusedAtOnce() {
    TlsConfig provided = JAVAS.withProvider(conscrypt);
    assertThatThrownBy(() -> provided.withPolicy(TlsPolicy.INTERMEDIATE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Conscrypt");
    TlsPolicy one = TlsPolicy.MODERN.withCipherSuites("TLS_AES_256_GCM_SHA384");
    assertThatThrownBy(() -> JAVAS.withPolicy(one).withProvider(conscrypt))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Conscrypt does not keep to the policy's cipher suites");
    assertThat(provided.withPolicy(TlsPolicy.MODERN.withGroups("secp384r1"))).isNotNull();
    assertThat(provided.withPolicy(TlsPolicy.MODERN.withProtocols("TLSv1.3"))).isNotNull();
  }

  @Test
  void aProviderWithoutTlsAndAContextOfOnesOwnAreRefused() throws Exception {
    Provider empty =
        new Provider("Empty", "1", "has nothing") {
          private static final long serialVersionUID = 1L;
        };
    assertThatThrownBy(() -> JAVAS.withProvider(empty))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Empty cannot make TLS");
    TlsConfig own = TlsConfig.of(SSLContext.getDefault());
    assertThatThrownBy(() -> own.withProvider(conscrypt))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("provider");
  }
}
