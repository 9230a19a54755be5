package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RFC 4422 appendix A: AUTH EXTERNAL with openssl, which has a client certificate or none. */
class ExternalTest {

  private static final String ANN = "-cert ann.crt -key ann.key";

  @TempDir private Path folder;
  private Pki pki;
  private TlsConfig config;

  @BeforeEach
  void open() throws Exception {
    pki = Pki.in(folder);
    config = pki.server("mx.test", Pki.EC);
    pki.authority("clients");
    pki.issue("ann", Pki.EC, "extendedKeyUsage=clientAuth", "clients");
  }

  @Test
  void theOwnerOfTheCertificateComesIn() throws Exception {
    assertThat(talk(ANN, "AUTH EXTERNAL =")).contains("AUTH EXTERNAL\n", "235 2.7.0 ");
    assertThat(talk(ANN, "AUTH EXTERNAL YW5u")).contains("235 2.7.0 ");
    assertThat(talk(ANN, "AUTH EXTERNAL Ym9i")).contains("535 5.7.8 ");
  }

  @Test
  void nobodyIsOfferedItWithoutACertificate() throws Exception {
    assertThat(talk("", "AUTH EXTERNAL ="))
        .contains("504 5.5.4 ")
        .doesNotContain("AUTH EXTERNAL\n");
  }

  /** The certificate is that of the host in between, which speaks for many. */
  @Test
  void nobodyComesInAsTheHostThatSpeaksForIt() throws Exception {
    assertThat(talk(ANN, "XCLIENT ADDR=192.0.2.1\nEHLO other.test\nAUTH EXTERNAL ="))
        .contains("504 5.5.4 ")
        .doesNotContain("235 2.7.0 ");
  }

  private String talk(String options, String auth) throws Exception {
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    SmtpServer.Builder settings =
        SmtpServer.builder()
            .listen(
                Listener.submissions(free)
                    .withTrust(Trust.NOBODY.withXclients(Network.parse("127.0.0.0/8"))))
            .tls(config.withClientCertificates(ClientCertificates.WANTED, pki.file("clients.crt")))
            .admission(Admission.DEFAULT.withAuthFailureDelay(Duration.ZERO))
            .certificates((session, chain) ->
                chain.get(0).getSubjectX500Principal().getName().equals("CN=ann")
                    ? Optional.of("ann")
                    : Optional.empty())
            .handler(TestServer.discard());
    try (TestServer server = new TestServer(settings)) {
      List<String> words =
          new ArrayList<>(List.of("s_client", "-ign_eof", "-crlf", "-CAfile", "ca.crt"));
      words.addAll(List.of("-noservername", "-connect", "127.0.0.1:" + server.port()));
      if (!options.isEmpty()) {
        words.addAll(List.of(options.split(" ", -1)));
      }
      byte[] said = ("EHLO client.test\n" + auth + "\nQUIT\n").getBytes(StandardCharsets.US_ASCII);
      String text = Tool.find("openssl", folder).runWith(said, words.toArray(String[]::new)).text();
      return text.replace("\r", "");
    }
  }
}
