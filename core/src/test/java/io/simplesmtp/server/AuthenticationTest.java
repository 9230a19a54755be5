package io.simplesmtp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplesmtp.auth.Plain;
import io.simplesmtp.auth.SaslContext;
import io.simplesmtp.auth.SaslExchange;
import io.simplesmtp.auth.SaslMechanism;
import io.simplesmtp.auth.ScramCredential;
import io.simplesmtp.auth.ScramHash;
import io.simplesmtp.auth.ScramProof;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What AUTH offers and how it treats those that fail, as a builder was told. */
class AuthenticationTest {

  private static final String WRONG = "AUTH PLAIN AGFubgB3cm9uZw==";
  private static final Session NOBODY =
      new Session(
          "S1",
          new ConnectionInfo(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
              new InetSocketAddress(InetAddress.getLoopbackAddress(), 2),
              Listener.smtp(0)),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  @Test
  void everyCheckBringsItsMechanisms() throws Exception {
    ScramCheck stored = (session, user, hash) -> Optional.empty();
    assertThat(offered(settings())).isEmpty();
    assertThat(offered(settings().passwords((session, user, word) -> Optional.empty())))
        .isEqualTo("AUTH PLAIN LOGIN");
    assertThat(offered(settings().scram(stored))).isEqualTo("AUTH SCRAM-SHA-256 SCRAM-SHA-1");
    assertThat(offered(settings().secrets((session, user) -> Optional.empty())))
        .isEqualTo("AUTH CRAM-MD5");
    assertThat(offered(settings().tokens((session, user, token) -> Optional.empty())))
        .isEqualTo("AUTH OAUTHBEARER XOAUTH2");
    assertThat(offered(settings().anonymous((session, trace) -> Optional.empty())))
        .isEqualTo("AUTH ANONYMOUS");
  }

  @Test
  void namesRestrictAndOrder() throws Exception {
    SmtpServer.Builder settings =
        settings()
            .passwords((session, user, word) -> Optional.empty())
            .scram((session, user, hash) -> Optional.empty())
            .mechanisms("LOGIN", "SCRAM-SHA-256-PLUS", "SCRAM-SHA-256");
    assertThat(offered(settings)).isEqualTo("AUTH LOGIN SCRAM-SHA-256");
  }

  @Test
  void namesAreOfMechanismsThatThereAre() {
    assertThatThrownBy(() -> new WatchedServer(settings().mechanisms("PLAIN", "PLANE", "PLAIN")))
        .hasMessageContaining("mechanisms: there is none with the name PLANE")
        .hasMessageContaining("mechanisms: one is named twice");
  }

  @Test
  void ownMechanismsComeFirstOrTakeAPlace() throws Exception {
    SmtpServer.Builder settings =
        settings()
            .passwords((session, user, word) -> Optional.empty())
            .mechanism(new Named("X-TOKEN"), new Named("LOGIN"));
    assertThat(offered(settings)).isEqualTo("AUTH X-TOKEN PLAIN LOGIN");
    assertThat(offered(settings().mechanism(new Named("X-TOKEN")))).isEqualTo("AUTH X-TOKEN");
  }

  @Test
  void storedCredentialsServePlainPasswords() throws Exception {
    ScramCredential stored = ScramCredential.of(ScramHash.SHA_256, "secret", 4096);
    PasswordCheck check =
        PasswordCheck.of(
            (session, user, hash) -> user.equals("ann") ? Optional.of(stored) : Optional.empty(),
            ScramHash.SHA_256);
    assertThat(check.verify(NOBODY, "a\u00adnn", "secret")).contains("ann");
    assertThat(check.verify(NOBODY, "ann", "Secret")).isEmpty();
    assertThat(check.verify(NOBODY, "bob", "secret")).isEmpty();
    assertThat(check.verify(NOBODY, "\u0007", "secret")).isEmpty();
    assertThat(check.authorize(NOBODY, "ann", "bob")).isEmpty();
  }

  @Test
  void failuresAreHeldBack() throws Exception {
    Duration delay = Duration.ofMillis(300);
    try (TestServer server = failing(Admission.DEFAULT.withAuthFailureDelay(delay));
        Client client = Client.greeted(server.port())) {
      long begin = System.nanoTime();
      client.says(WRONG).hears("535 ");
      client.says(WRONG).hears("535 ");
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(delay.multipliedBy(3));
    }
  }

  @Test
  @Timeout(value = 30, unit = TimeUnit.SECONDS)
  void aShutdownWaitsForNoDelay() throws Exception {
    Admission admission = Admission.DEFAULT.withAuthFailureDelay(Duration.ofSeconds(60));
    try (TestServer server = failing(admission);
        Client client = Client.greeted(server.port())) {
      client.says("NOOP").hears("250 ").says(WRONG);
      long begin = System.nanoTime();
      assertThat(server.server().shutdown(Duration.ofSeconds(20))).isEmpty();
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
      client.hears("421 4.3.2 ");
    }
  }

  @Test
  void aClientThatFailedTooOftenIsBarredInAllItsSessions() throws Exception {
    Admission admission =
        Admission.DEFAULT.withAuthFailureDelay(Duration.ZERO).withAuthFailuresPerClient(2);
    try (TestServer server = failing(admission)) {
      for (int i = 0; i < 2; i++) {
        try (Client client = Client.greeted(server.port())) {
          client.says(WRONG).hears("535 ");
        }
      }
      try (Client client = Client.greeted(server.port())) {
        client.says("MAIL FROM:<a@b.org>").hears("250 ").says("RSET").hears("250 ");
        client.says(WRONG).hears("421 4.7.0 ");
      }
    }
  }

  /** Else one client could have as many checked at once as it has connections. */
  @Test
  void checksUnderWayCountAsFailuresUntilTheyEnd() throws Exception {
    Admission admission =
        Admission.DEFAULT.withAuthFailureDelay(Duration.ZERO).withAuthFailuresPerClient(2);
    CountDownLatch begun = new CountDownLatch(2);
    CountDownLatch end = new CountDownLatch(1);
    SmtpServer.Builder settings =
        settings()
            .passwords((session, user, word) -> {
              begun.countDown();
              end.await();
              return word.equals("secret") ? Optional.of(user) : Optional.empty();
            })
            .admission(admission);
    try (TestServer server = new TestServer(settings);
        Client first = Client.greeted(server.port());
        Client second = Client.greeted(server.port());
        Client third = Client.greeted(server.port());
        Client fourth = Client.greeted(server.port())) {
      first.says("AUTH PLAIN AGFubgBzZWNyZXQ=");
      second.says("AUTH PLAIN AGFubgBzZWNyZXQ=");
      begun.await();
      third.says(WRONG).hears("421 4.7.0 ");
      end.countDown();
      first.hears("235 ");
      second.hears("235 ");
      fourth.says(WRONG).hears("535 ");
    }
  }

  /** The challenge tells that the token is not good, so a client that has heard it has failed. */
  @Test
  void whoLeavesInTheMiddleHasFailed() throws Exception {
    Admission admission =
        Admission.DEFAULT.withAuthFailureDelay(Duration.ZERO).withAuthFailuresPerClient(2);
    SmtpServer.Builder settings =
        settings().tokens((session, user, token) -> Optional.empty()).admission(admission);
    String wrong = "AUTH XOAUTH2 dXNlcj11c2VyAWF1dGg9QmVhcmVyIG9sZAEB";
    try (TestServer server = new TestServer(settings)) {
      for (int i = 0; i < 2; i++) {
        try (Client client = Client.greeted(server.port())) {
          client.says(wrong).hears("334 ").leaves();
        }
      }
      server.awaitEnded(2);
      try (Client client = Client.greeted(server.port())) {
        client.says(wrong).hears("421 4.7.0 ");
      }
    }
  }

  /** As many tokens could be tried as there are connections, if only replies counted. */
  @Test
  void whoHasHeardAChallengeAndStaysCountsUntilTheEnd() throws Exception {
    Admission admission =
        Admission.DEFAULT.withAuthFailureDelay(Duration.ZERO).withAuthFailuresPerClient(2);
    SmtpServer.Builder settings =
        settings().tokens((session, user, token) -> Optional.empty()).admission(admission);
    String wrong = "AUTH XOAUTH2 dXNlcj11c2VyAWF1dGg9QmVhcmVyIG9sZAEB";
    try (TestServer server = new TestServer(settings);
        Client first = Client.greeted(server.port());
        Client second = Client.greeted(server.port());
        Client third = Client.greeted(server.port());
        Client fourth = Client.greeted(server.port())) {
      first.says(wrong).hears("334 ");
      second.says(wrong).hears("334 ");
      third.says(wrong).hears("421 4.7.0 ");
      first.says("*").hears("501 ");
      fourth.says("AUTH XOAUTH2 !!!").hears("421 4.7.0 ");
    }
  }

  /** Under TLS 1.2 there is nothing else to bind to. */
  @Test
  void bindsToTheCertificateOfTheServer(@TempDir Path folder) throws Exception {
    Path certificate = folder.resolve("server.crt");
    Path key = folder.resolve("server.key");
    TlsConfig.writeSelfSigned("mx.test", certificate, key);
    ScramCredential stored = ScramCredential.of(ScramHash.SHA_256, "secret", 4096);
    SmtpServer.Builder settings =
        SmtpServer.builder()
            .listen(TestServer.loopback())
            .tls(TlsConfig.fromPem(certificate, key))
            .scram((session, user, hash) -> Optional.of(stored))
            .mechanisms("SCRAM-SHA-256-PLUS")
            .handler(TestServer.discard());
    byte[] endPoint;
    try (InputStream in = Files.newInputStream(certificate)) {
      byte[] der = CertificateFactory.getInstance("X.509").generateCertificate(in).getEncoded();
      endPoint = MessageDigest.getInstance("SHA-256").digest(der);
    }
    try (TestServer server = new TestServer(settings);
        Client client = Client.greeted(server.port())) {
      client.says("STARTTLS").hears("220 ").secures("TLSv1.2");
      client.says("EHLO client.test").hears("250 ");
      String header = "p=tls-server-end-point,,";
      client.says("AUTH SCRAM-SHA-256-PLUS " + base64(header + "n=ann,r=c"));
      String challenge =
          new String(
              Base64.getDecoder().decode(client.line().substring("334 ".length())),
              StandardCharsets.US_ASCII);
      byte[] binding = Arrays.copyOf(header.getBytes(StandardCharsets.US_ASCII), 24 + 32);
      System.arraycopy(endPoint, 0, binding, 24, 32);
      String last =
          ScramProof.of(
              ScramHash.SHA_256,
              "secret",
              "n=ann,r=c",
              challenge,
              Base64.getEncoder().encodeToString(binding));
      client.says(base64(last)).hears("334 ").says("").hears("235 ");
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static TestServer failing(Admission admission) throws Exception {
    return new TestServer(
        settings().admission(admission).passwords((session, user, password) -> Optional.empty()));
  }

  private static SmtpServer.Builder settings() {
    return SmtpServer.builder()
        .listen(TestServer.loopback().withAuthWithoutTls(true))
        .handler(TestServer.discard());
  }

  /** The line of AUTH, or nothing. */
  private static String offered(SmtpServer.Builder settings) throws Exception {
    try (TestServer server = new TestServer(settings);
        Client client = Client.greeted(server.port())) {
      client.says("EHLO client.test");
      String found = "";
      String line = client.line();
      while (line.charAt(3) == '-') {
        found = line.startsWith("AUTH", 4) ? line.substring(4) : found;
        line = client.line();
      }
      return line.startsWith("AUTH", 4) ? line.substring(4) : found;
    }
  }

  private record Named(String name) implements SaslMechanism {
    @Override
    public boolean isAvailable(SaslContext context) {
      return true;
    }

    @Override
    public SaslExchange begin(SaslContext context) {
      return new Plain().begin(context);
    }
  }
}
