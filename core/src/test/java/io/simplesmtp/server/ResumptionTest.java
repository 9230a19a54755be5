package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 8446 section 2.2: the real openssl keeps a session and comes back with it. */
final class ResumptionTest {

  private static final String RESUMED = "Reused, TLSv1.";
  private static final String NEW = "New, TLSv1.";

  @TempDir private Path folder;
  private Pki pki;
  private TlsConfig config;

  @BeforeEach
  void open() throws Exception {
    pki = Pki.in(folder);
    config =
        pki.server("mx.test", Pki.EC).withName("mail.b.test", pki.server("mail.b.test", Pki.RSA));
  }

  @ParameterizedTest
  @CsvSource({
    "-tls1_2, false",
    "-tls1_2 -no_ticket, true",
    "-tls1_3, false",
    "-tls1_3, true",
    "-tls1_2 -no_ticket -servername mail.b.test, true",
    "-tls1_3 -servername mail.b.test, false",
    "-tls1_3 -servername unknown.test, true"
  })
  void sessionIsResumedMoreThanOnce(String options, boolean isImplicit) throws Exception {
    try (TestServer server = Pki.serve(config)) {
      pki.talk(server, isImplicit, options + " -sess_out s.pem").succeeds().says(NEW);
      for (int i = 0; i < 2; i++) {
        pki.talk(server, isImplicit, options + " -sess_in s.pem -sess_out s.pem")
            .succeeds()
            .says(RESUMED, "221 2.0.0 ");
      }
      assertThat(server.secured())
          .extracting(session -> session.tls().orElseThrow())
          .hasSize(3)
          .containsOnly(server.secured().element().tls().orElseThrow());
    }
  }

  @ParameterizedTest
  @CsvSource({"-tls1_2", "-tls1_2 -no_ticket", "-tls1_3"})
  void resumedSessionStillHasItsClientCertificate(String version) throws Exception {
    pki.issue("ann", Pki.EC, "extendedKeyUsage=clientAuth");
    String options = version + " -cert ann.crt -key ann.key";
    try (TestServer server =
        Pki.serve(config.withClientCertificates(ClientCertificates.NEEDED, pki.file("ca.crt")))) {
      pki.talk(server, true, options + " -sess_out s.pem").succeeds().says(NEW);
      pki.talk(server, true, options + " -sess_in s.pem").succeeds().says(RESUMED);
      assertThat(server.secured())
          .hasSize(2)
          .allSatisfy(session ->
              assertThat(session.tls().orElseThrow().peerCertificates().getFirst())
                  .extracting(X509Certificate::getSubjectX500Principal)
                  .hasToString("CN=ann"));
    }
  }

  @ParameterizedTest
  @CsvSource({"-tls1_2", "-tls1_3"})
  void nameOfASessionIsNotChanged(String version) throws Exception {
    try (TestServer server = Pki.serve(config)) {
      pki.talk(server, true, version + " -sess_out s.pem").succeeds();
      pki.talk(server, true, version + " -sess_in s.pem -servername mail.b.test").succeeds();
      assertThat(server.secured())
          .extracting(session -> session.tls().orElseThrow().serverName().orElse("none"))
          .containsExactly("none", "mail.b.test");
    }
  }

  @ParameterizedTest
  @CsvSource({"-tls1_2", "-tls1_3"})
  void sessionOutlivesFilesThatAreReadAgainAndNewCertificatesMakeNoTrouble(String version)
      throws Exception {
    try (TestServer server = Pki.serve(config)) {
      pki.talk(server, true, version + " -sess_out s.pem").succeeds().says(NEW);
      assertThat(config.reload()).isEmpty();
      pki.talk(server, true, version + " -sess_in s.pem -sess_out s.pem").says(RESUMED);
      pki.issue("renewed", Pki.EC, "subjectAltName=DNS:mx.test");
      pki.replace("mx.test", "renewed");
      assertThat(config.reload()).isEmpty();
      pki.talk(server, true, version + " -sess_in s.pem").succeeds().says("221 2.0.0 ");
      pki.talk(server, true, version + " -sess_out s.pem").says(NEW, "subject=CN=renewed");
      pki.talk(server, true, version + " -sess_in s.pem").says(RESUMED);
    }
  }

  @Test
  void ticketLivesForAnHour() throws Exception {
    try (TestServer server = Pki.serve(config)) {
      pki.talk(server, true, "-tls1_3").says("TLS session ticket lifetime hint: 3600 (seconds)");
    }
  }
}
